/// What one recording earns, exact and by line: the lines add up to `total`.
public struct Pay: Hashable, Sendable {
    public let base: Money
    /// What the contributor's tier adds.
    public let tierPremium: Money
    /// What a grade above B adds.
    public let qualityPremium: Money
    /// What the quote's bounty adds.
    public let bounty: Money

    public var total: Money {
        Money(
            micros: base.micros + tierPremium.micros + qualityPremium.micros + bounty.micros, currency: base.currency)
    }

    /// `pay = hourly × grade factor × samples / (rate × 3600)`, rounded half to even once. The premiums are differences of
    /// such amounts, so that nothing is rounded twice. What a bounty adds is an amount of its own, without a premium for
    /// quality: `perHour × min(grade factor, 1) × covered samples / (rate × 3600)`.
    ///
    /// - Parameters:
    ///   - hourlyBeforeTier: the quoted hourly price before the tier factor.
    ///   - hourly: the quoted hourly price.
    ///   - gradeFactor: the factor of the recording's grade.
    ///   - sampleCount: finished samples, at `sampleRateHz` a second.
    ///   - bounty: what the quote's bounty adds to a finished hour, and for how many milliseconds it still does.
    public init(
        hourlyBeforeTier: Money, hourly: Money, gradeFactor: Factor, sampleCount: Int64, sampleRateHz: Int64,
        bounty: (perHour: Money, milliseconds: Int64)? = nil
    ) {
        let rate = Int128(max(1, sampleRateHz))
        func amount(_ hourly: Money, _ factor: Factor, _ samples: Int128) -> Int64 {
            let product = Int128(hourly.micros) * Int128(factor.thousandths) * samples
            return Int64(clamping: Rounding.halfToEven(product, over: rate * 3600 * 1000))
        }
        let samples = Int128(sampleCount)
        let withoutPremium = min(gradeFactor, .one)
        let base = amount(hourlyBeforeTier, withoutPremium, samples)
        let withTier = amount(hourly, withoutPremium, samples)
        let total = amount(hourly, gradeFactor, samples)
        let covered = min(samples, Int128(max(0, bounty?.milliseconds ?? 0)) * rate / 1000)
        self.base = Money(micros: base, currency: hourly.currency)
        tierPremium = Money(micros: withTier - base, currency: hourly.currency)
        qualityPremium = Money(micros: total - withTier, currency: hourly.currency)
        self.bounty = Money(
            micros: bounty.map { amount($0.perHour, withoutPremium, covered) } ?? 0, currency: hourly.currency)
    }
}
