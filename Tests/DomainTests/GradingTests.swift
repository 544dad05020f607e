import Domain
import Testing

@Suite struct GradingTests {
    private let rules = [
        GradeRule(measure: .snrDecibels, a: 25, b: 15, c: 6)!, GradeRule(measure: .clippedShare, a: 0.001, b: 0.01, c: 0.1)!,
    ]

    @Test(arguments: [
        (30.0, 0.0, Grade.a, nil as Measure?), (20, 0, .b, .snrDecibels), (30, 0.05, .c, .clippedShare),
        (1, 0, .rejected, .snrDecibels),
    ])
    func `the worst measure decides, and its fix is told`(snr: Double, clipped: Double, grade: Grade, decisive: Measure?) {
        let grading = Grading(rules, values: [.snrDecibels: snr, .clippedShare: clipped])
        #expect(grading.grade == grade)
        #expect(grading.decisive?.rule.measure == decisive)
        #expect(grading.fix == decisive?.fix)
    }

    @Test func `what could not be measured is rejected`() {
        let grading = Grading(rules, values: [.clippedShare: 0])
        #expect(grading.grade == .rejected && grading.rejectedMeasures == [.snrDecibels])
    }

    @Test func `where a fault could not be looked for there is none`() {
        for measure in Measure.allCases where !measure.isRequired {
            let rule =
                measure.isBetterWhenLarger
                ? GradeRule(measure: measure, a: 3, b: 2, c: 1)! : GradeRule(measure: measure, a: 1, b: 2, c: 3)!
            #expect(Grading([rule], values: [:]).grade == .a)
            #expect(Grading([rule], values: [measure: measure.isBetterWhenLarger ? 0 : 9]).rejectedMeasures == [measure])
        }
    }

    @Test func `an offset counts by its size`() {
        let rule = GradeRule(measure: .dcOffset, a: 0.02, b: 0.05, c: 0.3)!
        #expect([0.01, -0.01, -0.04, -0.2, 0.5].map { rule.grade(of: $0) } == [.a, .a, .b, .c, .rejected])
    }

    @Test func `every measure and flag says what to do, each in its own words`() {
        let sentences = Measure.allCases.map(\.fix) + QualityFlag.allCases.map(\.sentence)
        #expect(Set(sentences).count == sentences.count && sentences.allSatisfy { $0.hasSuffix(".") && $0.count > 30 })
        #expect(Set(Measure.allCases.map(\.noun)).count == Measure.allCases.count)
    }

    @Test func `thresholds out of order are refused`() {
        #expect(GradeRule(measure: .snrDecibels, a: 10, b: 20, c: 5) == nil)
        #expect(GradeRule(measure: .clippedShare, a: 0.1, b: 0.01, c: 0.5) == nil)
    }
}
