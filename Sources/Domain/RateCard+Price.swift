extension RateCard {
    /// The itemised price of a request. Each line multiplies the running hourly price and rounds it half to even to the micro.
    ///
    /// - Parameter scarcity: the most particular gap that covers the request's cell, nil where no hours are wanted.
    public func price(_ request: PriceRequest, scarcity gap: Scarcity?) -> Price {
        var running = basePerHour
        var lines = [
            PriceLine(
                code: .base, sentence: "Base price of one finished hour.", factor: nil,
                figures: ["rate_card": "\(number)"], hourly: running)
        ]
        func add(_ code: PriceLine.Code, _ factor: Factor, _ sentence: String, _ figures: [String: String]) {
            running = factor.times(running)
            lines.append(PriceLine(code: code, sentence: sentence, factor: factor, figures: figures, hourly: running))
        }
        let cell = request.cell
        add(.scarcity, scarcity.factor(for: gap), Self.sentence(of: gap), figures(of: gap))
        if let register = cell.register {
            add(.register, registers[register] ?? .one, "Speaking as to a \(register.rawValue).", ["register": register.rawValue])
        }
        if let setting = cell.setting {
            add(
                .setting, settings[setting] ?? .one, "Recorded in the setting “\(setting.rawValue)”.",
                ["setting": setting.rawValue])
        }
        add(
            .elicitation, elicitations[request.elicitation] ?? .one, "The speech is \(request.elicitation.rawValue).",
            ["elicitation": request.elicitation.rawValue])
        if let emotion = cell.emotion {
            add(
                .emotion, emotions[emotion] ?? .one, "The intended emotion is \(emotion.rawValue).", ["emotion": emotion.rawValue]
            )
        }
        let beforeTier = running
        add(
            .tier, tiers[request.tier] ?? .one, "Your tier in \(cell.language) is \(request.tier.rawValue).",
            ["tier": request.tier.rawValue, "language": cell.language.tag])
        return Price(
            lines: lines, hourlyBeforeTier: beforeTier, hourly: running, overhead: overheads[request.elicitation] ?? .one)
    }

    private static func sentence(of gap: Scarcity?) -> String {
        guard let gap, gap.openSeconds > 0 else { return "No hours of this kind are missing now." }
        return "Hours of this kind are wanted: \(hours(gap.openSeconds)) of \(hours(gap.wantedSeconds)) are still missing."
    }

    private func figures(of gap: Scarcity?) -> [String: String] {
        guard let gap else { return [:] }
        return [
            "hours_wanted": Self.hours(gap.wantedSeconds), "hours_accepted": Self.hours(gap.acceptedSeconds),
            "slope": scarcity.slope.decimal, "cap": scarcity.cap.decimal,
        ]
    }

    /// Seconds as hours with two decimals.
    private static func hours(_ seconds: Int64) -> String {
        let hundredths = Int64(Rounding.halfToEven(Int128(seconds) * 100, over: 3600))
        return "\(hundredths / 100).\(Timestamp.padded(hundredths % 100, 2))"
    }
}
