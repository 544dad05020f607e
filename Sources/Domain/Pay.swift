/// What one recording earns, exact and by line: the lines add up to `total`, which is rounded once.
public struct Pay: Hashable, Sendable {
    public let base: Money
    /// What the contributor's tier adds.
    public let tierPremium: Money
    /// What a grade above B adds.
    public let qualityPremium: Money

    public var total: Money {
        Money(micros: base.micros + tierPremium.micros + qualityPremium.micros, currency: base.currency)
    }

    /// `pay = hourly × grade factor × samples / (rate × 3600)`, rounded half to even once. The premiums are differences of
    /// such amounts, so that nothing is rounded twice.
    ///
    /// - Parameters:
    ///   - hourlyBeforeTier: the quoted hourly price before the tier factor.
    ///   - hourly: the quoted hourly price.
    ///   - gradeFactor: the factor of the recording's grade.
    ///   - sampleCount: finished samples, at `sampleRateHz` a second.
    public init(hourlyBeforeTier: Money, hourly: Money, gradeFactor: Factor, sampleCount: Int64, sampleRateHz: Int64) {
        func amount(_ hourly: Money, _ factor: Factor) -> Int64 {
            let product = Int128(hourly.micros) * Int128(factor.thousandths) * Int128(sampleCount)
            return Int64(Rounding.halfToEven(product, over: Int128(sampleRateHz) * 3600 * 1000))
        }
        let withoutPremium = min(gradeFactor, .one)
        let base = amount(hourlyBeforeTier, withoutPremium)
        let withTier = amount(hourly, withoutPremium)
        let total = amount(hourly, gradeFactor)
        self.base = Money(micros: base, currency: hourly.currency)
        tierPremium = Money(micros: withTier - base, currency: hourly.currency)
        qualityPremium = Money(micros: total - withTier, currency: hourly.currency)
    }
}
