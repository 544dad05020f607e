/// What a price is asked for.
public struct PriceRequest: Hashable, Sendable {
    public var cell: Cell
    public var elicitation: Elicitation
    public var tier: Tier

    /// The cell names register, setting and emotion.
    public init(
        language: Language, accent: String?, register: Register, setting: Setting, elicitation: Elicitation,
        emotion: Emotion, tier: Tier
    ) {
        cell = Cell(language: language, accent: accent, register: register, setting: setting, emotion: emotion)
        self.elicitation = elicitation
        self.tier = tier
    }
}

/// What the market adds to a rate card when it prices something now.
public struct PriceTerms: Hashable, Sendable {
    /// The dated premium of the gap that counts.
    public var premium: ScarcityPremium?
    public var bounty: BountyOffer?

    public init(premium: ScarcityPremium? = nil, bounty: BountyOffer? = nil) {
        self.premium = premium
        self.bounty = bounty
    }
}

/// One line of a price: what it says, and the running hourly price.
public struct PriceLine: Hashable, Sendable {
    public enum Code: String, Sendable {
        case base, language, accent, scarcity, register, setting, elicitation, emotion, tier, bounty
        case workedHour = "worked_hour"
    }

    public let step: PriceStep
    public let hourly: Money

    public var code: Code { step.code }
    public var sentence: String { step.sentence }
    public var factor: Factor? { step.factor }
    public var figures: PriceFigures { step.figures }
}

/// An itemised price of one finished hour at grade B.
public struct Price: Hashable, Sendable {
    public let lines: PriceLines
    /// Per finished hour before the tier factor.
    public let hourlyBeforeTier: Money
    /// Per finished hour, without what a bounty adds.
    public let hourly: Money
    public let bounty: BountyOffer?
    /// Worked time for each finished hour that the per-worked-hour figure assumes.
    public let overhead: Factor

    /// Per finished hour, with what a bounty adds.
    public var perFinishedHour: Money { Self.perFinishedHour(hourly, bounty) }

    static func perFinishedHour(_ hourly: Money, _ bounty: BountyOffer?) -> Money {
        let micros = Int128(hourly.micros) + Int128(bounty?.perHour.micros ?? 0)
        return Money(micros: Int64(clamping: micros), currency: hourly.currency)
    }

    /// Per worked hour: per finished hour / overhead.
    public var perWorkedHour: Money {
        let micros = Rounding.halfToEven(Int128(perFinishedHour.micros) * 1000, over: Int128(max(1, overhead.thousandths)))
        return Money(micros: Int64(clamping: micros), currency: hourly.currency)
    }
}
