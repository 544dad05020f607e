import Crypto
import Domain
import Storage

extension Marketplace {
    /// The next recording for a reviewer to judge, at the price of the card in force: what they hold already, or an appealed
    /// rejection, a gold item by the card's share, or the accepted recording with the fewest reviews. Nil where there is none.
    ///
    /// - Throws: `MarketError.notQualified` where the card does not let the person review this language.
    public func handOutReview(
        in language: Language, to reviewer: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> ReviewAssignment? {
        if let held = try ReviewAssignments.held(by: reviewer, in: language, at: now, db) { return held }
        let (record, card) = try currentRateCard(in: db)
        let rules = card.reviewRules
        try demandQualification(of: reviewer, in: language, by: rules, db)
        guard let (kind, item) = try nextItem(for: reviewer, in: language, by: rules, at: now, db) else { return nil }
        let assignment = ReviewAssignment(
            id: ids.make(at: now), recording: item.recording, reviewer: reviewer, language: language, kind: kind,
            rateCard: record.number, pay: rules.pay(durationMilliseconds: item.durationMilliseconds), assignedAt: now,
            expiresAt: now.adding(seconds: rules.assignmentSeconds))
        try ReviewAssignments.insert(assignment, in: db)
        return assignment
    }

    /// Gives an assignment back unjudged; doing so again changes nothing. The recording does not come back to this person.
    public func skipReview(
        _ id: ID<ReviewAssignment>, by reviewer: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws {
        guard let assignment = try ReviewAssignments.find(id, in: db), assignment.reviewer == reviewer else {
            throw MarketError.notFound("assignment")
        }
        switch assignment.status {
        case .open: try ReviewAssignments.end(id, .skipped, at: now, in: db)
        case .skipped: break
        case .done: throw MarketError.wrongState("The assignment is answered and paid; it can't be handed back.")
        }
    }

    /// The recording of an assignment that its reviewer may listen to now; nil where it is somebody else's, over or withdrawn.
    public func audible(
        _ id: ID<ReviewAssignment>, by reviewer: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Recording? {
        guard let assignment = try ReviewAssignments.find(id, in: db), assignment.reviewer == reviewer,
            assignment.status == .open, now < assignment.expiresAt,
            let recording = try Recordings.find(assignment.recording, in: db), recording.status != .withdrawn
        else { return nil }
        return recording
    }

    private func demandQualification(
        of reviewer: ID<Contributor>, in language: Language, by rules: ReviewRules, _ db: Connection
    ) throws {
        guard let contributor = try Contributors.find(reviewer, in: db) else { throw MarketError.notFound("contributor") }
        let counts = try GradeRecords.find(of: reviewer, in: language, db).counts
        let accepted = counts.reduce(0) { $1.key == .rejected ? $0 : $0 + $1.value.milliseconds }
        guard !rules.qualifies(contributor.tier(in: language), acceptedMilliseconds: accepted) else { return }
        throw MarketError.notQualified(
            """
            Reviews of \(language) need the tier \(rules.tierMin.rawValue) in it, or \(rules.acceptedSecondsMin) accepted \
            seconds; you are \(contributor.tier(in: language).rawValue) with \(accepted / 1000).
            """)
    }

    private func nextItem(
        for reviewer: ID<Contributor>, in language: Language, by rules: ReviewRules, at now: Timestamp, _ db: Connection
    ) throws -> (ReviewAssignment.Kind, ReviewQueue.Item)? {
        if let item = try ReviewQueue.nextAppeal(for: reviewer, in: language, at: now, db) { return (.appeal, item) }
        guard
            let item = try ReviewQueue.nextPerception(
                for: reviewer, in: language, perRecording: rules.perRecording, at: now, db)
        else { return nil }
        if draw(at: now) < rules.goldShare.thousandths, let gold = try ReviewQueue.nextGold(for: reviewer, in: language, db) {
            return (.gold, gold)
        }
        return (.perception, item)
    }

    /// A number from 0 to 999 out of the chance in a new id that nobody is shown, so that nobody can tell gold items apart.
    private func draw(at now: Timestamp) -> Int64 {
        let lot = ids.make(at: now, ReviewAssignment.self)
        return SHA256.hash("gold:\(lot)".utf8).prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) } % 1000
    }
}
