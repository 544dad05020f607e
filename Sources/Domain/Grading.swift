/// The verdict on a recording: its grade, what made it, and what would raise it.
public struct Grading: Hashable, Sendable {
    /// One measure held against its thresholds.
    public struct Check: Hashable, Sendable {
        public let rule: GradeRule
        /// Nil where the measure could not be taken.
        public let value: Double?
        public let grade: Grade
    }

    public let grade: Grade
    public let checks: [Check]

    /// The worst check decides. Without any rule the grade is A.
    public init(_ rules: [GradeRule], values: [Measure: Double]) {
        checks = rules.map { Check(rule: $0, value: values[$0.measure], grade: $0.grade(of: values[$0.measure])) }
        grade = checks.map(\.grade).min() ?? .a
    }

    /// The check that held the grade down, nil at grade A.
    public var decisive: Check? { grade == .a ? nil : checks.first { $0.grade == grade } }

    /// One concrete thing to do for a better grade; nil at grade A.
    public var fix: String? { decisive?.rule.measure.fix }

    /// Codes of what rejected it, such as "snr_db"; empty unless rejected.
    public var rejectedMeasures: [Measure] {
        grade == .rejected ? checks.filter { $0.grade == .rejected }.map(\.rule.measure) : []
    }
}
