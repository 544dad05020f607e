import Domain
import TestSupport
import Testing

@Suite struct TierRulesTests {
    private let rules = TierRules.standard
    private let german = Language("de")!

    private func rank(_ tier: Tier) -> Int { Tier.allCases.firstIndex(of: tier)! }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `more accepted speech never costs a tier, more rejections never earn one, and none is ever lost`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            var record = GradeRecord()
            for _ in 0..<Int.random(in: 0..<40, using: &random) {
                record.add(
                    Grade.allCases.randomElement(using: &random)!, milliseconds: .random(in: 0...2_000_000, using: &random))
            }
            let held = Tier.allCases.randomElement(using: &random)!
            let reliability = Bool.random(using: &random) ? Factor(thousandths: .random(in: 0...1000, using: &random)) : nil
            func tier(_ record: GradeRecord) -> Int {
                rank(rules.tier(record, reliability: reliability, in: german, holding: held))
            }
            let now = tier(record)
            #expect(now >= rank(held))
            var better = record
            better.add(.a, milliseconds: .random(in: 0...5_000_000, using: &random))
            #expect(tier(better) >= now)
            var worse = record
            worse.add(.rejected, milliseconds: 1000)
            #expect(tier(worse) <= now)
            if let reliability {
                let firmer = Factor(thousandths: min(1000, reliability.thousandths + 100))
                #expect(rank(rules.tier(record, reliability: firmer, in: german, holding: held)) >= now)
            }
        }
    }

    @Test(arguments: [
        (0, 0, 1, "30 more minutes of grade A or B to skilled."), (1380, 0, 1, "7 more minutes of grade A or B to skilled."),
        (1741, 0, 1, "1 more minute of grade A or B to skilled."),
        (1380, 1, 1, "7 more minutes of grade A or B and at most 25 % of recordings rejected (now 50 %) to skilled."),
        (1800, 0, 1, "Your next decided recording makes you skilled."),
    ])
    func `progress is said in plain words`(seconds: Int64, rejected: Int, accepted: Int, sentence: String) {
        var record = GradeRecord()
        for _ in 0..<accepted { record.add(.b, milliseconds: seconds * 1000 / Int64(accepted)) }
        for _ in 0..<rejected { record.add(.rejected, milliseconds: 0) }
        let progress = TierProgress(tier: .novice, language: german, record: record, reliability: nil, rules: rules)
        #expect(progress.sentence == sentence)
    }

    @Test func `the best grade, reliability and the top have words of their own`() {
        var record = GradeRecord()
        record.add(.a, milliseconds: 113 * 60_000)
        func progress(_ tier: Tier, _ reliability: Factor? = nil) -> TierProgress {
            TierProgress(tier: tier, language: german, record: record, reliability: reliability, rules: rules)
        }
        #expect(progress(.skilled).sentence == "7 more A-grade minutes to expert.")
        #expect(
            progress(.novice, Factor(thousandths: 500)).sentence == "reliability 0.6 as a reviewer (now 0.5) to skilled.")
        #expect(progress(.expert).sentence == "You hold the highest tier.")
        #expect(rules.tier(record, reliability: Factor(thousandths: 500), in: german, holding: .novice) == .novice)
    }

    @Test func `a language can have rules of its own`() {
        var own = rules
        own.byLanguage[Language("gsw")!] = [
            .skilled: TierRule(minutes: 1, grade: .c, rejectedShareMax: .one, reliabilityMin: Factor(thousandths: 0))
        ]
        var record = GradeRecord()
        record.add(.c, milliseconds: 60_000)
        #expect(own.tier(record, reliability: nil, in: Language("gsw")!, holding: .novice) == .skilled)
        #expect(own.tier(record, reliability: nil, in: german, holding: .novice) == .novice)
    }
}
