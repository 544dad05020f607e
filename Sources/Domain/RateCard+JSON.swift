import JSON

extension RateCard {
    /// The card as JSON: what is published, hashed and shown.
    public var json: JSON {
        [
            "number": .integer(number),
            "currency": .string(currency.code),
            "base_per_hour": .string(basePerHour.decimal),
            "scarcity": [
                "slope": .string(scarcity.slope.decimal), "cap": .string(scarcity.cap.decimal),
                "valid_hours": .integer(scarcity.validHours),
            ],
            "languages": languageFactors.languagesJSON,
            "accents": languageFactors.accentsJSON,
            "registers": Self.factors(registers),
            "settings": Self.factors(settings),
            "elicitations": Self.factors(elicitations),
            "emotions": Self.factors(emotions),
            "tiers": Self.factors(tiers),
            "grades": Self.factors(grades),
            "grade_rules": .array(gradeRules.map(\.json)),
            "tier_rules": tierRules.json,
            "work_rules": workRules.json,
            "bounty_rules": bountyRules.json,
            "worked_hours_per_finished_hour": Self.factors(overheads),
            "royalty_policy": royaltyPolicy.json,
            "licence_rates_per_hour": Self.object(
                Purpose.allCases.map { purpose in
                    (
                        purpose.rawValue,
                        licenceRates[purpose].map { rates in
                            Self.object(Term.allCases.map { ($0.rawValue, rates[$0].map { .string($0.decimal) }) })
                        }
                    )
                }),
            "pay_floors_per_worked_hour": Self.object(
                payFloors.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.decimal)) }),
            "quote_valid_days": .integer(quoteValidDays),
            "quote_seconds_max": .integer(quoteSecondsMax),
            "recording_seconds_max": .integer(recordingSecondsMax),
            "payout_minimum": .string(payoutMinimum.decimal),
            "withholding": withholding?.json,
            "dormancy": dormancy?.json,
        ]
    }

    /// Reads a card, with every bad field named. The number in the text, if any, gives way to `number`.
    public init(json: JSON, number: Int64) throws(FieldErrors) {
        var reader = ObjectReader(json)
        _ = reader.optionalInteger("number")
        let currency = reader.parsed("currency", "must be an ISO 4217 code such as USD", Currency.init(code:)) ?? .usd
        let basePerHour = reader.positiveMoney("base_per_hour", currency)
        let scarcity = reader.object("scarcity") { reader -> ScarcityRule? in
            let slope = reader.factor("slope")
            let cap = reader.factor("cap")
            if let cap, cap < .one { reader.refuse("cap", "must be at least 1") }
            let validHours = reader.optionalInteger("valid_hours", in: 1...8760) ?? ScarcityRule.validHoursStandard
            guard let slope, let cap else { return nil }
            return ScarcityRule(slope: slope, cap: cap, validHours: validHours)
        }
        let languageFactors = LanguageFactors(reader: &reader)
        let registers = reader.factors("registers", Register.self)
        let settings = reader.factors("settings", Setting.self)
        let elicitations = reader.factors("elicitations", Elicitation.self)
        let emotions = reader.factors("emotions", Emotion.self)
        let tiers = reader.factors("tiers", Tier.self)
        let grades = reader.factors("grades", Grade.self)
        if let rejected = grades[.rejected], rejected.thousandths != 0 {
            reader.refuse("grades", "must give rejected the factor 0")
        }
        let gradeRules = reader.objects("grade_rules", count: 1...20) { GradeRule(reader: &$0) }
        if Set(gradeRules.map(\.measure)).count != gradeRules.count {
            reader.refuse("grade_rules", "must name each measure once")
        }
        let tierRules = TierRules(reader: &reader, "tier_rules")
        let workRules = reader.optionalObject("work_rules") { WorkRules(reader: &$0) }
        let bountyRules = reader.optionalObject("bounty_rules") { BountyRules(reader: &$0, currency) }
        let overheads = reader.factors("worked_hours_per_finished_hour", Elicitation.self)
        if overheads.values.contains(where: { $0 < .one }) {
            reader.refuse("worked_hours_per_finished_hour", "must hold factors of at least 1")
        }
        let royaltyPolicy = reader.object("royalty_policy") { RoyaltyPolicy(reader: &$0) }
        let licenceRates = reader.licenceRates("licence_rates_per_hour", currency)
        let payFloors = reader.payFloors("pay_floors_per_worked_hour", currency)
        let quoteValidDays = reader.integer("quote_valid_days", in: 1...365)
        let quoteSecondsMax = reader.integer("quote_seconds_max", in: 1...360_000)
        let recordingSecondsMax = reader.integer("recording_seconds_max", in: 1...1800)
        let payoutMinimum = reader.positiveMoney("payout_minimum", currency)
        let regions = (json["withholding"]?.asObject ?? [:]).keys
        let withholding = reader.optionalObject("withholding") { reader in
            Withholding(reader: &reader, regions: regions, currency: currency)
        }
        let dormancy = reader.optionalObject("dormancy") { Dormancy(reader: &$0) }
        reader.rejectUnknown()
        let required = try reader.finish(basePerHour, scarcity, royaltyPolicy, payoutMinimum)
        self.init(
            number: number, currency: currency, basePerHour: required.0, scarcity: required.1, registers: registers,
            settings: settings, elicitations: elicitations, emotions: emotions, tiers: tiers, grades: grades,
            gradeRules: gradeRules, overheads: overheads, royaltyPolicy: required.2, licenceRates: licenceRates,
            payFloors: payFloors, quoteValidDays: quoteValidDays, quoteSecondsMax: quoteSecondsMax,
            recordingSecondsMax: recordingSecondsMax, payoutMinimum: required.3, languageFactors: languageFactors,
            tierRules: tierRules ?? .standard, workRules: workRules ?? .standard,
            bountyRules: bountyRules ?? .standard(currency), withholding: withholding, dormancy: dormancy)
    }

    private static func factors<Word: CaseIterable & Hashable & RawRepresentable>(_ table: [Word: Factor]) -> JSON
    where Word.RawValue == String {
        object(Word.allCases.map { ($0.rawValue, table[$0].map { .string($0.decimal) }) })
    }

    private static func object(_ members: [(String, JSON?)]) -> JSON { .object(JSONObject(members: members)) }
}

extension GradeRule {
    public var json: JSON {
        [
            "measure": .string(measure.rawValue), "better": measure.isBetterWhenLarger ? "larger" : "smaller",
            "A": .number(a), "B": .number(b), "C": .number(c),
        ]
    }

    init?(reader: inout ObjectReader) {
        let measure = reader.parsed("measure", "must be one of \(Measure.allCases.map(\.rawValue))", Measure.init(rawValue:))
        _ = reader.optionalString("better")
        let range = -1e6...1e6
        let thresholds = ["A", "B", "C"].map { reader.number($0, in: range) }
        guard let measure else { return nil }
        guard let rule = GradeRule(measure: measure, a: thresholds[0], b: thresholds[1], c: thresholds[2]) else {
            reader.refuse("A", "must be the strictest threshold, then B, then C")
            return nil
        }
        self = rule
    }
}

extension RoyaltyPolicy {
    public var json: JSON {
        [
            "royalties": .string(Factor(thousandths: royaltiesThousandths).decimal),
            "reviewers": .string(Factor(thousandths: reviewersThousandths).decimal),
            "acquisition_fund": .string(Factor(thousandths: acquisitionFundThousandths).decimal),
            "operations": .string(Factor(thousandths: operationsThousandths).decimal),
        ]
    }

    init?(reader: inout ObjectReader) {
        let parts = ["royalties", "reviewers", "acquisition_fund", "operations"].map { reader.factor($0)?.thousandths ?? -1 }
        guard
            let policy = RoyaltyPolicy(royalties: parts[0], reviewers: parts[1], acquisitionFund: parts[2], operations: parts[3])
        else {
            if reader.isSound { reader.refuse(reader.pointer, "must add up to 1") }
            return nil
        }
        self = policy
    }
}
