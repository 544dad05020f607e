import Domain
import Storage

/// A price with the card and the premium that made it.
public struct Estimate: Sendable {
    let sheet: PriceSheet
    public let request: PriceRequest
    public let premium: ScarcityPremium?
    public let price: Price

    public var rateCard: RateCards.Record { sheet.rateCard }
    public var card: RateCard { sheet.card }
    /// The card, with what its prices say.
    public var list: PriceList { sheet.list }
}

extension Marketplace {
    /// The price of a kind of speech now. Of the targets that cover it, the one with the highest premium counts; of the open
    /// bounties that cover it and still have funds, the one that adds most.
    ///
    /// - Parameter seconds: finished seconds that a bounty would have to cover; the card's maximum for nil.
    /// - Throws: `MarketError.wrongState` where a card from before prices were bounded comes to more than can be paid.
    public func estimate(
        _ request: PriceRequest, seconds: Int64? = nil, at now: Timestamp, in db: Connection
    ) throws -> Estimate {
        try estimate(request, seconds: seconds, by: PriceSheet(of: self, for: [request.elicitation], in: db), at: now, in: db)
    }

    /// The same, by a sheet of the state that the connection sees.
    public func estimate(
        _ request: PriceRequest, seconds: Int64? = nil, by sheet: PriceSheet, at now: Timestamp, in db: Connection
    ) throws -> Estimate {
        let offer = try bountyOffer(
            among: sheet.bounties(for: request.cell), seconds: seconds ?? sheet.card.quoteSecondsMax,
            under: sheet.card.bountyRules, at: now, in: db)
        return try estimate(request, by: sheet, offer, at: now)
    }

    /// The same, from memory alone; nil where something has to be read, be it the sheet or what a bounty holds. Does not block.
    public func knownEstimate(_ request: PriceRequest, at now: Timestamp) throws -> Estimate? {
        guard let sheet = store.known(priceSheets), sheet.bounties(for: request.cell).isEmpty else { return nil }
        return try estimate(request, by: sheet, nil, at: now)
    }

    /// The rate card in force, from memory alone; nil where it has to be read. Does not block.
    public var knownRateCard: RateCard? { store.known(priceSheets)?.card }

    /// Runs the body with the sheet of the database's present state, which is read anew only after a change.
    public func readPrices<T>(_ body: (Connection, PriceSheet) throws -> T) throws -> T {
        try store.read(priceSheets, load: { db in try PriceSheet(of: self, in: db) }, body)
    }

    private func estimate(
        _ request: PriceRequest, by sheet: PriceSheet, _ offer: BountyOffer?, at now: Timestamp
    ) throws -> Estimate {
        let covering = sheet.scarcities.filter { $0.scarcity.cell.covers(request.cell) }
        let premium = premiums(under: sheet.card, of: covering, sheet.premiums, at: now).map(\.premium)
            .max { $0.factor < $1.factor }
        let price = sheet.list.price(request, on: PriceTerms(premium: premium, bounty: offer))
        guard price.perFinishedHour.micros <= RateCard.hourlyMicrosMax else {
            throw MarketError.wrongState(
                "Rate card \(sheet.rateCard.number) comes to more than \(RateCard.hourlyMicrosMax / 1_000_000) an hour here; publish one that does not."
            )
        }
        return Estimate(sheet: sheet, request: request, premium: premium, price: price)
    }
}
