/// The thresholds of one measure: what a value must reach (or stay below) for A, B and C. Worse than C is rejected.
public struct GradeRule: Hashable, Sendable {
    public let measure: Measure
    public let a: Double
    public let b: Double
    public let c: Double

    /// Nil unless the thresholds are finite and ordered from strict (A) to lenient (C).
    public init?(measure: Measure, a: Double, b: Double, c: Double) {
        guard a.isFinite, b.isFinite, c.isFinite else { return nil }
        guard measure.isBetterWhenLarger ? a >= b && b >= c : a <= b && b <= c else { return nil }
        self.measure = measure
        self.a = a
        self.b = b
        self.c = c
    }

    /// The grade that a value earns; one that could not be measured earns a rejection where it is required, and A elsewhere.
    public func grade(of value: Double?) -> Grade {
        guard let value = measure == .dcOffset ? value.map(abs) : value else { return measure.isRequired ? .rejected : .a }
        func passes(_ threshold: Double) -> Bool { measure.isBetterWhenLarger ? value >= threshold : value <= threshold }
        return passes(a) ? .a : passes(b) ? .b : passes(c) ? .c : .rejected
    }

    /// The threshold of a grade; C's for a rejection.
    public func threshold(for grade: Grade) -> Double {
        switch grade {
        case .a: a
        case .b: b
        case .c, .rejected: c
        }
    }
}
