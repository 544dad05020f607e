import Domain
import Ledger
import Storage

extension Marketplace {
    /// Reserves an amount for a batch: all whole minor units of the balance for nil. Where it goes is copied from the
    /// contributor's details, so that a later change of them never redirects it.
    ///
    /// - Parameter method: the one of the details, or nil.
    public func requestPayout(
        amount: Money?, method: PayoutDetails.Method?, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Payout {
        let card = try currentRateCard(in: db).card
        guard let person = try Contributors.find(contributor, in: db) else { throw MarketError.notFound("contributor") }
        let details = person.profile.payoutDetails
        let known = details?.method ?? .manual
        guard method == nil || method == known else {
            throw MarketError.invalid(
                "/method", "must be \(known.rawValue), the method of your payout details; change them with PATCH /v1/me")
        }
        let wanted = try payable(amount, of: contributor, card, in: db)
        let id: ID<Payout> = ids.make(at: now)
        let tax = try tax(on: wanted, of: id, for: person, by: card, isEstimate: true, at: now, in: db)
        let payout = Payout(
            id: id, contributor: contributor, amount: wanted, method: known, details: details,
            notBefore: try endOfCoolingOff(of: contributor, at: now, in: db), tax: tax, createdAt: now, updatedAt: now)
        try Books(db).post(
            Entries.payoutReserved(id.text, contributor: contributor.text, amount: wanted, on: occasion(at: now)))
        try Payouts.insert(payout, in: db)
        return payout
    }

    /// The amount asked for, if the balance holds it and it is whole minor units above the card's minimum.
    private func payable(
        _ amount: Money?, of contributor: ID<Contributor>, _ card: RateCard, in db: Connection
    ) throws -> Money {
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
        return wanted
    }

    /// When details that were changed lately can be paid to; nil where that is now.
    private func endOfCoolingOff(
        of contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Timestamp? {
        let end = try PayoutDetailsChanges.last(of: contributor, in: db)?.adding(seconds: PayoutDetails.coolingOffSeconds)
        return end.flatMap { $0 > now ? $0 : nil }
    }

    /// The tax on a payout by a card and what the contributor was paid this year (UTC).
    func tax(
        on amount: Money, of payout: ID<Payout>, for contributor: Contributor, by card: RateCard, isEstimate: Bool,
        at now: Timestamp, in db: Connection
    ) throws -> Withholding.Tax {
        let year = now.date.year
        func start(of year: Int64) -> Timestamp { Timestamp(rfc3339: "\(year)-01-01")! }
        let history = try Payouts.taxHistory(
            of: contributor.id, before: payout, amount.currency, year: (start(of: year), start(of: year + 1)),
            isEstimate: isEstimate, in: db)
        return Withholding.tax(on: amount, by: card.withholding?.rule(for: contributor.region), after: history)
    }
}
