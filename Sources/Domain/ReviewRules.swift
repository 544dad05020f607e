/// What reviews pay, who may give them, and how recordings are handed out: the card's section `reviews`.
public struct ReviewRules: Hashable, Sendable {
    /// Paid for each review, however short the recording.
    public var payMin: Money
    /// Paid on top for each second of audio.
    public var payPerSecond: Money
    /// Reviews that each accepted recording gets.
    public var perRecording: Int64
    /// The share of gold items among what is handed out.
    public var goldShare: Factor
    /// The least tier in the language that lets a person review…
    public var tierMin: Tier
    /// …or so many accepted seconds in it.
    public var acceptedSecondsMin: Int64
    /// How long a reviewer may keep an item.
    public var assignmentSeconds: Int64

    public init(
        payMin: Money, payPerSecond: Money, perRecording: Int64, goldShare: Factor, tierMin: Tier, acceptedSecondsMin: Int64,
        assignmentSeconds: Int64
    ) {
        self.payMin = payMin
        self.payPerSecond = payPerSecond
        self.perRecording = perRecording
        self.goldShare = goldShare
        self.tierMin = tierMin
        self.acceptedSecondsMin = acceptedSecondsMin
        self.assignmentSeconds = assignmentSeconds
    }

    /// What holds where a card has no such section, in the card's currency: 0.06 and 0.008 a second of audio, which is 12 an
    /// hour for a clip of 10 s that takes 42 s to hear twice and judge.
    public static func standard(_ currency: Currency) -> ReviewRules {
        ReviewRules(
            payMin: Money(micros: 60_000, currency: currency), payPerSecond: Money(micros: 8000, currency: currency),
            perRecording: 3, goldShare: Factor(thousandths: 100), tierMin: .skilled, acceptedSecondsMin: 300,
            assignmentSeconds: 1800)
    }

    /// The pay of one review: `pay_min + pay_per_second × milliseconds / 1000`, rounded half to even once.
    public func pay(durationMilliseconds: Int64) -> Money {
        let product = Int128(payPerSecond.micros) * Int128(max(0, durationMilliseconds))
        return Money(micros: payMin.micros + Int64(Rounding.halfToEven(product, over: 1000)), currency: payMin.currency)
    }

    /// Whether a person with this tier and so much accepted speech in a language may review it.
    public func qualifies(_ tier: Tier, acceptedMilliseconds: Int64) -> Bool {
        let order = Tier.allCases
        return order.firstIndex(of: tier)! >= order.firstIndex(of: tierMin)!
            || acceptedMilliseconds >= acceptedSecondsMin * 1000
    }
}
