import JSON

extension LanguageFactors {
    var languagesJSON: JSON { Self.table(languages.map { ($0.key.tag, $0.value) }) }

    var accentsJSON: JSON {
        .object(
            JSONObject(
                members: accents.sorted { $0.key < $1.key }.map { language, factors in
                    (language.tag, Self.table(factors.map { ($0.key, $0.value) }))
                }))
    }

    private static func table(_ factors: [(String, Factor)]) -> JSON {
        .object(JSONObject(members: factors.sorted { $0.0 < $1.0 }.map { ($0.0, .string($0.1.decimal)) }))
    }

    /// Reads `languages` and `accents` of a card; either may be left out.
    init(reader: inout ObjectReader) {
        self.init()
        for (tag, factor) in reader.factorTable("languages") {
            guard let language = Language(tag) else {
                reader.refuse("languages", "must name languages by tags such as de; \(tag) is none")
                continue
            }
            languages[language] = factor
        }
        for member in reader.optionalJSON("accents")?.asObject ?? JSONObject() {
            guard let language = Language(member.key) else {
                reader.refuse("accents", "must name languages by tags such as de; \(member.key) is none")
                continue
            }
            let table = reader.factorTable(member.value, at: JSONPointer.root.appending("accents").appending(member.key))
            accents[language] = Dictionary(uniqueKeysWithValues: table)
        }
    }
}

extension TierRules {
    public var json: JSON {
        func rules(_ rules: [Tier: TierRule]) -> JSON {
            .object(JSONObject(members: Tier.allCases.compactMap { tier in rules[tier].map { (tier.rawValue, $0.json) } }))
        }
        let own = byLanguage.sorted { $0.key < $1.key }.map { ($0.key.tag, rules($0.value)) }
        return .object(JSONObject(members: [("*", rules(general))] + own))
    }

    /// Reads the rules of every language ("*") and of single ones; nil where the card has none.
    init?(reader: inout ObjectReader, _ key: String) {
        guard reader.has(key) else { return nil }
        var read: [String: [Tier: TierRule]] = [:]
        let keys = reader.optionalJSON(key)?.asObject?.keys ?? []
        _ = reader.object(key) { reader -> Bool? in
            for name in keys {
                if name != "*", Language(name) == nil { reader.refuse(name, "is neither * nor a language tag such as de") }
                read[name] = reader.object(name) { reader in
                    var rules: [Tier: TierRule] = [:]
                    for tier in Tier.allCases.dropFirst() {
                        rules[tier] = reader.object(tier.rawValue) { TierRule(reader: &$0) }
                    }
                    return rules
                }
            }
            if read["*"] == nil { reader.refuse("*", "is required: the rules of every other language") }
            return true
        }
        let own = read.compactMap { name, rules in Language(name).map { ($0, rules) } }
        self.init(general: read["*"] ?? [:], byLanguage: Dictionary(uniqueKeysWithValues: own))
    }
}

extension TierRule {
    public var json: JSON {
        [
            "minutes": .integer(minutes), "grade": .string(grade.rawValue),
            "rejected_share_max": .string(rejectedShareMax.decimal), "reliability_min": .string(reliabilityMin.decimal),
        ]
    }

    init?(reader: inout ObjectReader) {
        let minutes = reader.integer("minutes", in: 0...10_000_000)
        let grade = reader.parsed("grade", "must be A, B or C") { Grade(rawValue: $0).flatMap { $0 == .rejected ? nil : $0 } }
        let share = reader.factor("rejected_share_max")
        let reliability = reader.factor("reliability_min")
        if let share, share > .one { reader.refuse("rejected_share_max", "must be at most 1") }
        if let reliability, reliability > .one { reader.refuse("reliability_min", "must be at most 1") }
        guard let grade, let share, let reliability else { return nil }
        self.init(minutes: minutes, grade: grade, rejectedShareMax: share, reliabilityMin: reliability)
    }
}

extension WorkRules {
    public var json: JSON {
        [
            "idle_cut_off_seconds": .integer(idleCutOffSeconds), "hours_per_day_max": .integer(hoursPerDayMax),
            "worked_per_finished_max": .string(workedPerFinishedMax.decimal),
            "minutes_per_review_max": .integer(minutesPerReviewMax),
            "unbacked_minutes_per_day": .integer(unbackedMinutesPerDay), "close_after_days": .integer(closeAfterDays),
            "sessions_for_median": .integer(sessionsForMedian),
        ]
    }

    init?(reader: inout ObjectReader) {
        let standard = WorkRules.standard
        self.init(
            idleCutOffSeconds: reader.optionalInteger("idle_cut_off_seconds", in: 1...3600) ?? standard.idleCutOffSeconds,
            hoursPerDayMax: reader.optionalInteger("hours_per_day_max", in: 0...24) ?? standard.hoursPerDayMax,
            workedPerFinishedMax: reader.has("worked_per_finished_max")
                ? reader.factor("worked_per_finished_max") ?? .one : standard.workedPerFinishedMax,
            minutesPerReviewMax: reader.optionalInteger("minutes_per_review_max", in: 0...60) ?? standard.minutesPerReviewMax,
            unbackedMinutesPerDay: reader.optionalInteger("unbacked_minutes_per_day", in: 0...1440)
                ?? standard.unbackedMinutesPerDay,
            closeAfterDays: reader.optionalInteger("close_after_days", in: 0...365) ?? standard.closeAfterDays,
            sessionsForMedian: reader.optionalInteger("sessions_for_median", in: 1...200) ?? standard.sessionsForMedian)
    }
}

extension BountyRules {
    public var json: JSON {
        [
            "amount_min": .string(amountMin.decimal), "per_hour_max": .string(perHourMax.decimal),
            "seconds_per_quote_max": .integer(secondsPerQuoteMax),
        ]
    }

    init?(reader: inout ObjectReader, _ currency: Currency) {
        let amountMin = reader.positiveMoney("amount_min", currency)
        let perHourMax = reader.positiveMoney("per_hour_max", currency)
        let seconds = reader.integer("seconds_per_quote_max", in: 60...360_000)
        guard let amountMin, let perHourMax else { return nil }
        self.init(amountMin: amountMin, perHourMax: perHourMax, secondsPerQuoteMax: seconds)
    }
}

extension ObjectReader {
    /// An optional object whose keys are data and whose values are factors.
    fileprivate mutating func factorTable(_ key: String) -> [(String, Factor)] {
        guard let json = optionalJSON(key) else { return [] }
        return factorTable(json, at: pointer.appending(key))
    }

    fileprivate mutating func factorTable(_ json: JSON, at place: JSONPointer) -> [(String, Factor)] {
        guard let object = json.asObject else {
            refuse(place, "must be an object of factors")
            return []
        }
        return object.compactMap { member in
            guard let factor = member.value.asString.flatMap(Factor.init(decimal:)) else {
                refuse(
                    place.appending(member.key), "must be a decimal text from 0 to 100 with at most three digits after the point")
                return nil
            }
            return (member.key, factor)
        }
    }
}
