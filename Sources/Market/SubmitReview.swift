import Domain
import Ledger
import Storage

extension Marketplace {
    /// Takes a review and pays it at once, at the price that the assignment named. A gold item is paid like any other.
    public func submitReview(
        _ judgement: Judgement, of id: ID<ReviewAssignment>, by reviewer: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Review {
        let assignment = try answerable(id, by: reviewer, at: now, in: db)
        let review: ID<Review> = ids.make(at: now)
        let transaction = try Entries.reviewAccepted(
            review.text, contributor: reviewer.text, pay: assignment.pay, on: occasion(at: now))
        try Books(db).post(transaction)
        let taken = Review(
            id: review, assignment: id, recording: assignment.recording, reviewer: reviewer, language: assignment.language,
            kind: assignment.kind, judgement: judgement, pay: assignment.pay, entry: transaction.id, createdAt: now)
        try Reviews.insert(taken, in: db)
        try ReviewAssignments.end(id, .done, at: now, in: db)
        try noteReview(by: reviewer, at: now, in: db)
        if assignment.kind != .gold { try perceive(assignment.recording, in: db) }
        if assignment.kind == .appeal { try countVerdicts(on: assignment.recording, at: now, in: db) }
        return taken
    }

    /// The assignment, if it is this person's and still waits for an answer.
    private func answerable(
        _ id: ID<ReviewAssignment>, by reviewer: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> ReviewAssignment {
        guard let assignment = try ReviewAssignments.find(id, in: db), assignment.reviewer == reviewer else {
            throw MarketError.invalid("/assignment", "is none of your assignments; GET /v1/reviews/next hands one out")
        }
        switch assignment.status {
        case .done:
            let review = try Reviews.find(of: id, in: db)
            throw MarketError.wrongState("The assignment is answered and paid already: \(review?.id.text ?? "").")
        case .skipped:
            throw MarketError.wrongState("You handed the assignment back; take the next: GET /v1/reviews/next.")
        case .open: break
        }
        guard now < assignment.expiresAt else {
            throw MarketError.wrongState(
                "The assignment expired at \(assignment.expiresAt.rfc3339); take the next: GET /v1/reviews/next.")
        }
        return assignment
    }

    /// Brings what is heard in a recording up to its reviews.
    private func perceive(_ recording: ID<Recording>, in db: Connection) throws {
        let judgements = try Reviews.judgements(of: recording, in: db)
        try Reviews.keep(
            Perception(judgements), reviewCount: judgements.count,
            heardCount: judgements.count { $0.topEmotion != nil }, of: recording, in: db)
    }
}
