extension RateCard {
    /// The itemised price of a request. Each line multiplies the running hourly price and rounds it half to even to the micro.
    ///
    /// - Parameters:
    ///   - gap: the gap that covers the request's cell, nil where no hours are wanted; a premium among the terms brings its own.
    ///   - terms: what the market adds: a dated premium, a bounty, the overhead that was measured.
    public func price(_ request: PriceRequest, scarcity gap: Scarcity? = nil, on terms: PriceTerms = PriceTerms()) -> Price {
        var running = basePerHour
        var lines = [
            PriceLine(
                code: .base, sentence: "Base price of one finished hour.", factor: nil,
                figures: ["rate_card": "\(number)"], hourly: running)
        ]
        func add(_ code: PriceLine.Code, _ factor: Factor, _ sentence: String, _ figures: PriceFigures) {
            running = factor.times(running)
            lines.append(PriceLine(code: code, sentence: sentence, factor: factor, figures: figures, hourly: running))
        }
        let cell = request.cell
        if let factor = languageFactors.factor(of: cell.language) {
            add(.language, factor, "The language is \(cell.language).", ["language": cell.language.tag])
        }
        if let accent = cell.accent, let factor = languageFactors.factor(of: accent, in: cell.language) {
            add(.accent, factor, "The accent is \(accent).", ["language": cell.language.tag, "accent": accent])
        }
        let open = terms.premium?.scarcity ?? gap
        add(
            .scarcity, terms.premium?.factor ?? scarcity.factor(for: open), Self.sentence(of: open),
            figures(of: open, terms.premium))
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
        let overhead = terms.overhead?.median ?? overheads[request.elicitation] ?? .one
        let price = Price(
            lines: [], hourlyBeforeTier: beforeTier, hourly: running, bounty: terms.bounty, overhead: overhead)
        if let bounty = terms.bounty { lines.append(Self.line(of: bounty, hourly: price.perFinishedHour)) }
        if let measured = terms.overhead { lines.append(line(of: measured, overhead, request, hourly: price.perFinishedHour)) }
        return Price(
            lines: lines, hourlyBeforeTier: beforeTier, hourly: running, bounty: terms.bounty, overhead: overhead)
    }

    private static func sentence(of gap: Scarcity?) -> String {
        guard let gap, gap.openSeconds > 0 else { return "No hours of this kind are missing now." }
        return "Hours of this kind are wanted: \(exact(gap.openSeconds)) of \(exact(gap.wantedSeconds)) are still missing."
    }

    private func figures(of gap: Scarcity?, _ premium: ScarcityPremium?) -> PriceFigures {
        guard let gap else { return [:] }
        var figures: PriceFigures = [
            "hours_wanted": Self.hours(gap.wantedSeconds), "hours_accepted": Self.hours(gap.acceptedSeconds),
            "seconds_wanted": "\(gap.wantedSeconds)", "seconds_accepted": "\(gap.acceptedSeconds)",
            "slope": scarcity.slope.decimal, "cap": scarcity.cap.decimal,
        ]
        if let premium {
            figures["premium"] = premium.id.text
            figures["from"] = premium.from.rfc3339
            figures["until"] = premium.until.rfc3339
        }
        return figures
    }

    private static func line(of bounty: BountyOffer, hourly: Money) -> PriceLine {
        PriceLine(
            code: .bounty,
            sentence: "A buyer's bounty adds \(bounty.perHour) a finished hour, for the first \(exact(bounty.seconds)).",
            factor: nil,
            figures: [
                "bounty": bounty.bounty.text, "adds_per_hour": bounty.perHour.decimal, "seconds": "\(bounty.seconds)",
            ], hourly: hourly)
    }

    private func line(
        of measured: MeasuredOverhead, _ overhead: Factor, _ request: PriceRequest, hourly: Money
    ) -> PriceLine {
        let kind = request.elicitation.rawValue
        let count = measured.sessionCount
        let needed = workRules.sessionsForMedian
        let source =
            measured.median == nil
            ? "assumed by the rate card until \(needed) sessions of \(kind) speech were measured (\(count) so far)"
            : "the median of \(count) measured sessions of \(kind) speech"
        return PriceLine(
            code: .workedHour, sentence: "One finished hour is taken for \(overhead) worked hours: \(source).", factor: nil,
            figures: [
                "worked_hours_per_finished_hour": overhead.decimal, "source": measured.median == nil ? "assumed" : "measured",
                "sessions": "\(count)", "sessions_needed": "\(needed)",
            ], hourly: hourly)
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
