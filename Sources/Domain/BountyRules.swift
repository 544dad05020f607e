/// What a bounty may promise, so that no promise can outgrow its money.
public struct BountyRules: Hashable, Sendable {
    /// Least amount that opens a bounty.
    public var amountMin: Money
    /// Most that a bounty may add to a finished hour.
    public var perHourMax: Money
    /// Finished seconds of one quote that may count on a bounty, so that nobody can hold all of it back.
    public var secondsPerQuoteMax: Int64

    public init(amountMin: Money, perHourMax: Money, secondsPerQuoteMax: Int64) {
        self.amountMin = amountMin
        self.perHourMax = perHourMax
        self.secondsPerQuoteMax = secondsPerQuoteMax
    }

    /// What holds for a card that does not say.
    public static func standard(_ currency: Currency) -> BountyRules {
        BountyRules(
            amountMin: Money(micros: 10_000_000, currency: currency), perHourMax: Money(micros: 200_000_000, currency: currency),
            secondsPerQuoteMax: 3600)
    }
}
