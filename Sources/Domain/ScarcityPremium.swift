/// The premium of one target for a while: the factor, the figures that it was computed from, and until when it holds.
public struct ScarcityPremium: Identified, Hashable, Sendable {
    public static let idPrefix = "prm"

    public var id: ID<ScarcityPremium>
    public var target: ID<Target>
    public var rateCard: Int64
    /// Hours wanted and accepted when it was computed.
    public var scarcity: Scarcity
    public var factor: Factor
    public var from: Timestamp
    public var until: Timestamp

    public init(
        id: ID<ScarcityPremium>, target: ID<Target>, rateCard: Int64, scarcity: Scarcity, factor: Factor, from: Timestamp,
        until: Timestamp
    ) {
        self.id = id
        self.target = target
        self.rateCard = rateCard
        self.scarcity = scarcity
        self.factor = factor
        self.from = from
        self.until = until
    }

    /// The premium that a card gives a gap from now on.
    public init(id: ID<ScarcityPremium>, target: ID<Target>, scarcity: Scarcity, card: RateCard, at now: Timestamp) {
        self.init(
            id: id, target: target, rateCard: card.number, scarcity: scarcity, factor: card.scarcity.factor(for: scarcity),
            from: now, until: now.adding(seconds: card.scarcity.validHours * 3600))
    }
}
