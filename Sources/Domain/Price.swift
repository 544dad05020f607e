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

/// One line of a price: a code, a plain sentence, the factor, the figures behind it and the running hourly price.
public struct PriceLine: Hashable, Sendable {
    public enum Code: String, Sendable {
        case base, scarcity, register, setting, elicitation, emotion, tier
    }

    public let code: Code
    public let sentence: String
    /// Nil for the base line.
    public let factor: Factor?
    public let figures: [String: String]
    public let hourly: Money
}

/// An itemised price of one finished hour at grade B.
public struct Price: Hashable, Sendable {
    public let lines: [PriceLine]
    /// Per finished hour before the tier factor.
    public let hourlyBeforeTier: Money
    /// Per finished hour.
    public let hourly: Money
    /// Worked time for each finished hour that the per-worked-hour figure assumes.
    public let overhead: Factor

    /// Per worked hour: hourly / overhead.
    public var perWorkedHour: Money {
        let micros = Rounding.halfToEven(Int128(hourly.micros) * 1000, over: Int128(overhead.thousandths))
        return Money(micros: Int64(micros), currency: hourly.currency)
    }
}
