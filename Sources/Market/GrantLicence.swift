import Domain
import Ledger
import Storage

/// What a buyer asks a licence for.
public struct LicenceRequest: Sendable, Hashable {
    public var snapshot: ID<Snapshot>
    public var model: String
    public var purpose: Purpose
    public var useContext: UseContext
    public var term: Term

    public init(snapshot: ID<Snapshot>, model: String, purpose: Purpose, useContext: UseContext, term: Term) {
        self.snapshot = snapshot
        self.model = model
        self.purpose = purpose
        self.useContext = useContext
        self.term = term
    }
}

extension Marketplace {
    /// Sells a licence: the fee leaves the buyer's prepaid funds, or is owed where an admin gave credit, and is credited, exact to the micro, to everyone in the
    /// snapshot, the acquisition fund and operations. Another model needs another licence and pays everyone again.
    public func grantLicence(
        _ request: LicenceRequest, by buyer: ID<Buyer>, at now: Timestamp, in db: Connection
    ) throws -> Licence {
        guard let snapshot = try Snapshots.find(request.snapshot, of: buyer, in: db) else {
            throw MarketError.invalid("/snapshot", "is none of your snapshots")
        }
        if let prohibition = request.useContext.prohibition(of: request.purpose) {
            throw MarketError.prohibitedUse(prohibition)
        }
        let refused = try Snapshots.unlicensable(snapshot.id, for: request.purpose, in: db)
        guard refused.isEmpty else { throw MarketError.notLicensable(purpose: request.purpose, recordings: refused) }
        if let known = try Licences.inForce(
            snapshot: snapshot.id, model: request.model, purpose: request.purpose, at: now, in: db)
        {
            throw MarketError.licenceInForce(known)
        }
        let (record, card) = try currentRateCard(in: db)
        guard
            let fee = card.fee(
                purpose: request.purpose, term: request.term, durationMilliseconds: snapshot.durationMilliseconds),
            fee.micros > 0
        else { throw MarketError.invalid("/term", "has no price on the rate card for this purpose") }
        let payment = try payment(of: fee, by: buyer, in: db)
        let id: ID<Licence> = ids.make(at: now)
        let reviews = try Reviews.counts(of: snapshot.id, before: id, in: db)
        let division = try Licence.FeeDivision(of: fee, by: card.royaltyPolicy, hasReviewers: !reviews.isEmpty, licence: id)
        let royalties = try royalties(of: snapshot, division.royalties, card.currency, licence: id, in: db)
        let reviewers = try Self.reviewRoyalties(
            of: reviews, Money(micros: division.reviewers, currency: card.currency), licence: id)
        let transaction = try Entries.licenceGranted(
            id.text, buyer: buyer.text, fee: fee, payment: payment,
            royalties: royalties.map { Share(contributor: $0.contributor.text, amount: $0.amount) },
            reviewers: reviewers.map { Share(contributor: $0.reviewer.text, amount: $0.amount) },
            acquisitionFund: Money(micros: division.acquisitionFund, currency: card.currency),
            operations: Money(micros: division.operations, currency: card.currency), on: occasion(at: now))
        try Books(db).post(transaction)
        let licence = Licence(
            id: id, buyer: buyer, snapshot: snapshot.id, rateCard: record.number, modelName: request.model,
            purpose: request.purpose, useContext: request.useContext, term: request.term, fee: fee, division: division,
            entry: transaction.id, startsAt: now, endsAt: request.term.end(from: now),
            payment: payment)
        try Licences.insert(licence, in: db)
        for royalty in royalties { try Royalties.insert(royalty, in: db) }
        for royalty in reviewers { try ReviewRoyalties.insert(royalty, in: db) }
        return licence
    }

    /// The reviewers' part, by how many recordings of the snapshot each has reviewed.
    private static func reviewRoyalties(
        of reviews: [(reviewer: ID<Contributor>, count: Int64)], _ part: Money, licence: ID<Licence>
    ) throws -> [ReviewRoyalty] {
        guard part.micros > 0 else { return [] }
        let shares = try Split.shares(
            of: part.micros, among: reviews.map { .init($0.reviewer.text, weight: $0.count) }, licence: licence.text)
        return zip(reviews, shares).map { review, share in
            ReviewRoyalty(
                licence: licence, reviewer: review.reviewer, reviewCount: review.count,
                amount: Money(micros: share, currency: part.currency))
        }
    }

    private func royalties(
        of snapshot: Snapshot, _ micros: Int64, _ currency: Currency, licence: ID<Licence>, in db: Connection
    ) throws -> [Royalty] {
        let members = try Snapshots.members(of: snapshot.id, in: db)
        let parts = try Split.shares(
            of: micros, among: members.map { .init($0.recording.text, weight: $0.weight) }, licence: licence.text)
        return zip(members, parts).map { member, part in
            Royalty(
                licence: licence, recording: member.recording, contributor: member.contributor, weight: member.weight,
                amount: Money(micros: part, currency: currency))
        }
    }
}
