import Domain
import JSON
import TestSupport
import Testing

@Suite struct RateCardRulesTests {
    private let standard = RateCard.standard

    private func card(_ changes: (inout JSONObject) -> Void) throws(FieldErrors) -> RateCard {
        var object = standard.json.asObject ?? [:]
        changes(&object)
        return try RateCard(json: .object(object), number: 2)
    }

    @Test func `a card from before the new sections is still read, with their defaults`() throws {
        let old = try card { object in
            for section in ["languages", "accents", "tier_rules", "work_rules", "bounty_rules"] { object[section] = nil }
            object["scarcity"] = ["slope": "1.5", "cap": "2.5"]
        }
        #expect(old.tierRules == .standard && old.workRules == .standard && old.languageFactors == LanguageFactors())
        #expect(old.bountyRules == .standard(.usd) && old.scarcity.validHours == 24)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `any card survives its JSON`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        func factor(_ range: ClosedRange<Int64> = 0...1000) -> Factor { Factor(thousandths: .random(in: range, using: &random)) }
        func rule() -> TierRule {
            TierRule(
                minutes: .random(in: 0...1000, using: &random), grade: [.a, .b, .c].randomElement(using: &random)!,
                rejectedShareMax: factor(), reliabilityMin: factor())
        }
        var changed = standard
        changed.scarcity.validHours = .random(in: 1...8760, using: &random)
        changed.languageFactors = LanguageFactors(
            languages: [Language("de")!: factor(), Language("pt-BR")!: factor()],
            accents: [Language("de")!: ["bavarian": factor(), "a/b~c \"é": factor()]])
        changed.tierRules = TierRules(
            general: [.skilled: rule(), .expert: rule()], byLanguage: [Language("gsw")!: [.skilled: rule(), .expert: rule()]])
        changed.workRules = WorkRules(
            idleCutOffSeconds: .random(in: 1...3600, using: &random), hoursPerDayMax: .random(in: 0...24, using: &random),
            workedPerFinishedMax: factor(0...100_000), minutesPerReviewMax: .random(in: 0...60, using: &random),
            unbackedMinutesPerDay: .random(in: 0...1440, using: &random), closeAfterDays: .random(in: 0...365, using: &random),
            sessionsForMedian: .random(in: 1...200, using: &random))
        changed.bountyRules.secondsPerQuoteMax = .random(in: 60...360_000, using: &random)
        let read = try RateCard(json: JSON.parse(changed.json.canonicalBytes()), number: 1)
        #expect(read == changed && read.json.canonicalBytes() == changed.json.canonicalBytes())
    }

    @Test func `every bad rule is named`() {
        let errors = #expect(throws: FieldErrors.self) {
            try card { object in
                object["languages"] = ["German": "1.2", "de": "1.23456"]
                object["accents"] = ["de": ["bavarian": 2]]
                object["tier_rules"] = [
                    "de": ["skilled": ["minutes": -1, "grade": "D", "rejected_share_max": "2", "reliability_min": "0"]]
                ]
                object["work_rules"] = ["hours_per_day_max": 25, "colour": "red"]
                object["bounty_rules"] = ["amount_min": "0", "per_hour_max": "5", "seconds_per_quote_max": 60]
            }
        }
        let places = errors?.all.map(\.pointer.description) ?? []
        for place in [
            "/languages", "/languages/de", "/accents/de/bavarian", "/tier_rules/*", "/tier_rules/de/skilled/minutes",
            "/tier_rules/de/skilled/grade", "/tier_rules/de/skilled/rejected_share_max", "/tier_rules/de/expert",
            "/work_rules/hours_per_day_max", "/work_rules/colour", "/bounty_rules/amount_min",
        ] { #expect(places.contains(place), "\(place) in \(places)") }
    }

    @Test func `languages and accents that a card lists are lines of the price`() throws {
        var listed = standard
        listed.languageFactors = LanguageFactors(
            languages: [Language("de")!: Factor(thousandths: 1200)],
            accents: [Language("de")!: ["bavarian": Factor(thousandths: 1500)]])
        func request(_ accent: String?) -> PriceRequest {
            PriceRequest(
                language: Language("de")!, accent: accent, register: .friend, setting: .quiet, elicitation: .scripted,
                emotion: .neutral, tier: .novice)
        }
        let price = listed.price(request("bavarian"))
        #expect(price.lines.map(\.code).prefix(4) == [.base, .language, .accent, .scarcity])
        #expect(price.hourly.decimal == "43.200000")
        #expect(listed.price(request("saxon")).hourly.decimal == "28.800000")
        #expect(standard.price(request("bavarian")).hourly.decimal == "24.000000")
    }

    @Test func `what is nearly all missing is not said to be all missing`() {
        let gap = Scarcity(cell: Cell(language: Language("de")!), wantedSeconds: 3600, acceptedSeconds: 7)
        let request = PriceRequest(
            language: Language("de")!, accent: nil, register: .friend, setting: .quiet, elicitation: .scripted,
            emotion: .neutral, tier: .novice)
        let line = standard.price(request, scarcity: gap).lines[1]
        #expect(line.sentence == "Hours of this kind are wanted: 59 min 53 s of 1 h are still missing.")
        #expect(line.figures["seconds_accepted"] == "7")
    }

    @Test func `the dearest price is exact, and no card makes a price trap`() throws {
        // 24 × 1.2 × 1.3 × 1.4 × 1.3 × 1.6 × 1.25 × 2.5, and 200 of a bounty.
        #expect(standard.dearestHourMicros == 540_704_000)
        var wild = standard
        let hundred = Factor(thousandths: Factor.thousandthsMax)
        wild.basePerHour = Money(micros: 1_000_000_000_000, currency: .usd)
        wild.scarcity = ScarcityRule(slope: hundred, cap: hundred)
        wild.emotions = wild.emotions.mapValues { _ in hundred }
        wild.settings = wild.settings.mapValues { _ in hundred }
        wild.registers = wild.registers.mapValues { _ in hundred }
        wild.tiers = wild.tiers.mapValues { _ in hundred }
        wild.grades = wild.grades.mapValues { _ in hundred }
        #expect(wild.dearestHourMicros > Int128(RateCard.hourlyMicrosMax))
        let gap = Scarcity(cell: Cell(language: Language("de")!), wantedSeconds: 1, acceptedSeconds: 0)
        let price = wild.price(
            PriceRequest(
                language: Language("de")!, accent: nil, register: .friend, setting: .quiet, elicitation: .scripted,
                emotion: .neutral, tier: .novice), scarcity: gap)
        #expect(price.hourly.micros == .max)
        _ = Pay(
            hourlyBeforeTier: price.hourlyBeforeTier, hourly: price.hourly, gradeFactor: hundred, sampleCount: 1_000_000_000_000,
            sampleRateHz: 8000)
        // The dearest card that is let through pays a hundred hours of its dearest speech without a loss.
        let dear = Money(micros: RateCard.hourlyMicrosMax, currency: .usd)
        let pay = Pay(hourlyBeforeTier: dear, hourly: dear, gradeFactor: .one, sampleCount: 360_000, sampleRateHz: 1)
        #expect(pay.total.micros == RateCard.hourlyMicrosMax * 100)
        #expect(wild.fee(purpose: .advertising, term: .perpetual, durationMilliseconds: .max)?.micros == .max)
    }

    @Test func `a diff names what changed and nothing else`() throws {
        var newer = standard
        newer.number = 2
        newer.emotions[.anger] = Factor(thousandths: 1500)
        newer.gradeRules = newer.gradeRules.reversed()
        newer.payFloors["FR"] = Money(decimal: "14", currency: .usd)
        let changes = newer.changes(since: standard)
        #expect(changes.map(\.pointer.description) == ["/emotions/anger", "/pay_floors_per_worked_hour/FR"])
        #expect(changes[0].before == "1.15" && changes[0].after == "1.5" && changes[1].before == nil)
        #expect(standard.changes(since: standard).isEmpty)
    }
}
