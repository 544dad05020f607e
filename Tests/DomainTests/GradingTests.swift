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

    @Test func `thresholds out of order are refused`() {
        #expect(GradeRule(measure: .snrDecibels, a: 10, b: 20, c: 5) == nil)
        #expect(GradeRule(measure: .clippedShare, a: 0.1, b: 0.01, c: 0.5) == nil)
    }
}
