import Domain
import Ledger
import Storage

extension Marketplace {
    /// Gives a payout up before it is in a batch; the money is available again. Voiding again changes nothing.
    public func voidPayout(
        _ id: ID<Payout>, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Payout {
        guard let payout = try Payouts.find(id, in: db), payout.contributor == contributor else {
            throw MarketError.notFound("payout")
        }
        if payout.status == .voided { return payout }
        guard payout.status == .requested, payout.batch == nil else {
            throw MarketError.wrongState("The payout is in a batch already; it can't be taken back any more.")
        }
        try move(payout, to: .voided, from: .requested, at: now, in: db)
        try Books(db).post(
            Entries.payoutVoided(id.text, contributor: contributor.text, amount: payout.amount, on: occasion(at: now)))
        return try find(id, in: db)
    }

    func find(_ id: ID<Payout>, in db: Connection) throws -> Payout {
        guard let payout = try Payouts.find(id, in: db) else { throw MarketError.notFound("payout") }
        return payout
    }

    func move(
        _ payout: Payout, to new: Payout.Status, from old: Payout.Status, reason: String? = nil, at now: Timestamp,
        in db: Connection
    ) throws {
        guard try Payouts.move(payout.id, from: old, to: new, reason: reason, at: now, in: db) else {
            throw MarketError.wrongState("The payout is \(payout.status.rawValue); it must be \(old.rawValue).")
        }
    }
}
