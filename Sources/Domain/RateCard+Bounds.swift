extension RateCard {
    /// Dearest finished hour, at the best grade, that a card may come to: a thousand million of the currency. Every pay that
    /// follows from it is far from overflow.
    public static let hourlyMicrosMax: Int64 = 1_000_000_000_000_000

    /// The dearest finished hour of the card in micros: every factor at its largest, with the largest bounty. Exact; a
    /// card's factors can multiply to far more than an amount can hold.
    public var dearestHourMicros: Int128 {
        let accents = languageFactors.accents.values.flatMap(\.values)
        let tables: [[Factor]] = [
            Array(languageFactors.languages.values), accents, [scarcity.cap], Array(registers.values), Array(settings.values),
            Array(elicitations.values), Array(emotions.values), Array(tiers.values), Array(grades.values),
        ]
        var product = Int128(basePerHour.micros)
        for table in tables {
            // Past the bound only the fact matters, and the next product must fit.
            guard product <= Int128(Self.hourlyMicrosMax) * 1000 else { return product }
            let largest = max(table.map(\.thousandths).max() ?? 1000, 1000)
            product = Rounding.up(product * Int128(largest), over: 1000)
        }
        return product + Int128(bountyRules.perHourMax.micros)
    }
}
