import Domain
import Ledger
import Storage

extension Marketplace {
    /// Sets prepaid money of a buyer aside for one kind of speech.
    ///
    /// - Parameters:
    ///   - amount: what goes in; it pays the base of recordings whose quotes name the bounty as far as it reaches.
    ///   - perHour: what it adds to a finished hour.
    public func fundBounty(
        _ cell: Cell, amount: Money, perHour: Money, by buyer: ID<Buyer>, at now: Timestamp, in db: Connection
    ) throws -> Bounty {
        let card = try currentRateCard(in: db).card
        let rules = card.bountyRules
        guard amount.currency == card.currency, amount.micros >= rules.amountMin.micros else {
            throw MarketError.invalid("/amount", "must be at least \(rules.amountMin)")
        }
        guard perHour.currency == card.currency, (0...rules.perHourMax.micros).contains(perHour.micros) else {
            throw MarketError.invalid("/per_hour", "must be from 0 to \(rules.perHourMax)")
        }
        let available = try Books(db).funds(in: Account(.prepaid(buyer: buyer.text), card.currency))
        guard available.micros >= amount.micros else {
            throw MarketError.insufficientFunds(available: available, needed: amount)
        }
        let id: ID<Bounty> = ids.make(at: now)
        let transaction = try Entries.bountyFunded(id.text, buyer: buyer.text, amount: amount, on: occasion(at: now))
        try Books(db).post(transaction)
        let bounty = Bounty(
            id: id, buyer: buyer, cell: cell, amount: amount, perHour: perHour, entry: transaction.id, createdAt: now)
        try Bounties.insert(bounty, in: db)
        return bounty
    }

    /// Ends a bounty: no new quote names it, and what no live quote counts on goes back at once. The rest follows when the
    /// last such quote is used or has expired. Closing again changes nothing.
    public func closeBounty(_ id: ID<Bounty>, by buyer: ID<Buyer>, at now: Timestamp, in db: Connection) throws -> Bounty {
        guard let bounty = try Bounties.find(id, in: db), bounty.buyer == buyer else { throw MarketError.notFound("bounty") }
        guard bounty.status == .open else { return bounty }
        let funds = try bountyFunds(bounty, at: now, in: db)
        var entry: String?
        if funds.free > 0 {
            let transaction = try Entries.bountyClosed(
                id.text, buyer: buyer.text, amount: Money(micros: funds.free, currency: bounty.amount.currency),
                on: occasion(at: now))
            try Books(db).post(transaction)
            entry = transaction.id
        }
        try Bounties.close(id, entry: entry, status: funds.promised > 0 ? .closing : .closed, at: now, in: db)
        guard let closed = try Bounties.find(id, in: db) else { throw MarketError.notFound("bounty") }
        return closed
    }

    /// Returns what closed bounties still hold where no live quote counts on it any more; answers how many were ended.
    @discardableResult
    public func releaseBounties(at now: Timestamp, in db: Connection) throws -> Int {
        var count = 0
        for bounty in try Bounties.closing(in: db) {
            let funds = try bountyFunds(bounty, at: now, in: db)
            guard funds.promised == 0 else { continue }
            var entry: String?
            if funds.free > 0 {
                let transaction = try Entries.bountyReleased(
                    bounty.id.text, buyer: bounty.buyer.text,
                    amount: Money(micros: funds.free, currency: bounty.amount.currency), on: occasion(at: now))
                try Books(db).post(transaction)
                entry = transaction.id
            }
            try Bounties.release(bounty.id, entry: entry, in: db)
            count += 1
        }
        return count
    }

    /// What a bounty holds, in two parts: what live quotes count on, and the rest.
    public func bountyFunds(
        _ bounty: Bounty, at now: Timestamp, in db: Connection
    ) throws -> (promised: Int64, free: Int64) {
        let held = try Books(db).funds(in: Account(.bounty(bounty.id.text), bounty.amount.currency)).micros
        let promised = min(held, try Bounties.promised(by: bounty.id, at: now, in: db))
        return (promised, held - promised)
    }

    /// The one of these bounties that adds most and can still promise it.
    func bountyOffer(
        among bounties: [Bounty], seconds: Int64, under rules: BountyRules, at now: Timestamp, in db: Connection
    ) throws -> BountyOffer? {
        var best: BountyOffer?
        for bounty in bounties {
            if let best, best.perHour.micros >= bounty.perHour.micros { continue }
            let free = try bountyFunds(bounty, at: now, in: db).free
            if let offer = BountyOffer(bounty, free: free, seconds: seconds, rules: rules) { best = offer }
        }
        return best
    }

    /// What a recording may draw from its quote's bounty: everything but what quotes count on after it.
    func drawable(
        from offer: BountyOffer, for quote: Quote, milliseconds: Int64, at now: Timestamp, in db: Connection
    ) throws -> Money {
        let currency = quote.hourly.currency
        let held = try Books(db).funds(in: Account(.bounty(offer.bounty.text), currency)).micros
        let others = try Bounties.promised(by: offer.bounty, without: quote.id, at: now, in: db)
        let left = Bounty.cost(perHour: offer.perHour, milliseconds: quote.bountyMillisecondsLeft - milliseconds)
        return Money(micros: max(0, held - others - left), currency: currency)
    }
}
