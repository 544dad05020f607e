import Domain
import Ledger
import Storage

extension Marketplace {
    /// Reserves an amount for the next batch: all whole minor units of the balance for nil.
    public func requestPayout(
        amount: Money?, method: String, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Payout {
        let card = try currentRateCard(in: db).card
        let available = try Books(db).funds(in: Account(.available(contributor: contributor.text), card.currency))
        let wanted = amount ?? available.wholeMinorUnits
        guard wanted.currency == card.currency, wanted == wanted.wholeMinorUnits, wanted.micros >= 0 else {
            throw MarketError.invalid("/amount", "must be positive whole minor units of \(card.currency)")
        }
        guard wanted.micros <= available.micros else {
            throw MarketError.insufficientFunds(available: available, needed: wanted)
        }
        guard wanted.micros >= card.payoutMinimum.micros, wanted.micros > 0 else {
            throw MarketError.wrongState("The smallest payout is \(card.payoutMinimum); you asked for \(wanted).")
        }
        let payout = Payout(
            id: ids.make(at: now), contributor: contributor, amount: wanted, method: method, status: .requested,
            createdAt: now, updatedAt: now)
        try Books(db).post(
            Entries.payoutReserved(
                payout.id.text, contributor: contributor.text, amount: wanted, on: occasion(at: now)))
        try Payouts.insert(payout, in: db)
        return payout
    }
}
