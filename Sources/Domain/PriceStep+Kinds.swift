/// The steps of a price that need more than one word.
extension PriceStep {
    static func language(_ language: Language, _ factor: Factor) -> PriceStep {
        PriceStep(.language, factor, "The language is \(language).", ["language": language.tag])
    }

    static func accent(_ accent: String, of language: Language, _ factor: Factor) -> PriceStep {
        PriceStep(.accent, factor, "The accent is \(accent).", ["language": language.tag, "accent": accent])
    }

    static func tier(_ tier: Tier, _ factor: Factor, in language: Language) -> PriceStep {
        PriceStep(
            .tier, factor, "Your tier in \(language) is \(tier.rawValue).", ["language": language.tag, "tier": tier.rawValue])
    }

    /// - Parameter premium: the dated one that was computed from the gap, where there is one.
    static func scarcity(_ gap: Scarcity?, _ premium: ScarcityPremium?, under card: RateCard) -> PriceStep {
        PriceStep(
            .scarcity, premium?.factor ?? card.scarcity.factor(for: gap), sentence(of: gap),
            figures(of: gap, premium, by: card.scarcity))
    }

    static func bounty(_ bounty: BountyOffer) -> PriceStep {
        PriceStep(
            .bounty, nil, "A buyer's bounty adds \(bounty.perHour) a finished hour, for the first \(exact(bounty.seconds)).",
            ["bounty": bounty.bounty.text, "adds_per_hour": bounty.perHour.decimal, "seconds": "\(bounty.seconds)"])
    }

    static func workedHour(_ measured: MeasuredOverhead, of elicitation: Elicitation, under card: RateCard) -> PriceStep {
        let overhead = measured.median ?? card.overheads[elicitation] ?? .one
        let kind = elicitation.rawValue
        let count = measured.sessionCount
        let needed = card.workRules.sessionsForMedian
        let source =
            measured.median == nil
            ? "assumed by the rate card until \(needed) sessions of \(kind) speech were measured (\(count) so far)"
            : "the median of \(count) measured sessions of \(kind) speech"
        return PriceStep(
            .workedHour, nil, "One finished hour is taken for \(overhead) worked hours: \(source).",
            [
                "worked_hours_per_finished_hour": overhead.decimal, "source": measured.median == nil ? "assumed" : "measured",
                "sessions": "\(count)", "sessions_needed": "\(needed)",
            ])
    }

    private static func sentence(of gap: Scarcity?) -> String {
        guard let gap, gap.openSeconds > 0 else { return "No hours of this kind are missing now." }
        return "Hours of this kind are wanted: \(exact(gap.openSeconds)) of \(exact(gap.wantedSeconds)) are still missing."
    }

    private static func figures(of gap: Scarcity?, _ premium: ScarcityPremium?, by rule: ScarcityRule) -> PriceFigures {
        guard let gap else { return [:] }
        var figures: PriceFigures = [
            "hours_wanted": hours(gap.wantedSeconds), "hours_accepted": hours(gap.acceptedSeconds),
            "seconds_wanted": "\(gap.wantedSeconds)", "seconds_accepted": "\(gap.acceptedSeconds)",
            "slope": rule.slope.decimal, "cap": rule.cap.decimal,
        ]
        if let premium {
            figures["premium"] = premium.id.text
            figures["from"] = premium.from.rfc3339
            figures["until"] = premium.until.rfc3339
        }
        return figures
    }

    /// Seconds as hours with two decimals, towards zero.
    private static func hours(_ seconds: Int64) -> String {
        let hundredths = seconds / 36
        return "\(hundredths / 100).\(Timestamp.padded(hundredths % 100, 2))"
    }

    /// Seconds in words that round nothing: "9 h 59 min 30 s".
    private static func exact(_ seconds: Int64) -> String {
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")].filter { $0.0 != 0 }
        return parts.isEmpty ? "0 s" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
