import Domain
import Storage

/// A price with the card and the premium that made it.
public struct Estimate: Sendable {
    public let rateCard: RateCards.Record
    public let card: RateCard
    public let request: PriceRequest
    public let premium: ScarcityPremium?
    public let price: Price
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
        let (record, card) = try currentRateCard(in: db)
        let covering = try premiums(under: card, at: now, in: db).map(\.premium).filter { $0.scarcity.cell.covers(request.cell) }
        let premium = covering.max { $0.factor < $1.factor }
        let terms = PriceTerms(
            premium: premium,
            bounty: try bountyOffer(
                for: request.cell, seconds: seconds ?? card.quoteSecondsMax, under: card.bountyRules, at: now, in: db),
            overhead: MeasuredOverhead(
                ratios: try WorkSessions.ratios(of: request.elicitation, in: db),
                sessionsNeeded: card.workRules.sessionsForMedian))
        let price = card.price(request, on: terms)
        guard price.perFinishedHour.micros <= RateCard.hourlyMicrosMax else {
            throw MarketError.wrongState(
                "Rate card \(record.number) comes to more than \(RateCard.hourlyMicrosMax / 1_000_000) an hour here; publish one that does not."
            )
        }
        return Estimate(rateCard: record, card: card, request: request, premium: premium, price: price)
    }
}
