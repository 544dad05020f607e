import Domain
import Storage

/// A price with the card and the gap that made it.
public struct Estimate: Sendable {
    public let rateCard: RateCards.Record
    public let card: RateCard
    public let request: PriceRequest
    public let price: Price
}

extension Marketplace {
    /// The price of a kind of speech now. Of the targets that cover it, the one with the highest premium counts.
    public func estimate(_ request: PriceRequest, in db: Connection) throws -> Estimate {
        let (record, card) = try currentRateCard(in: db)
        let covering = try Targets.scarcities(in: db).map(\.scarcity).filter { $0.cell.covers(request.cell) }
        let gap = covering.max { card.scarcity.factor(for: $0) < card.scarcity.factor(for: $1) }
        return Estimate(rateCard: record, card: card, request: request, price: card.price(request, scarcity: gap))
    }
}
