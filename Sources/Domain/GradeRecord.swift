/// Everything that was decided of one contributor's recordings in one language. Withdrawn recordings stay in it.
public struct GradeRecord: Hashable, Sendable {
    public struct Count: Hashable, Sendable {
        public var recordings: Int64
        public var milliseconds: Int64

        public init(recordings: Int64 = 0, milliseconds: Int64 = 0) {
            self.recordings = recordings
            self.milliseconds = milliseconds
        }
    }

    public var counts: [Grade: Count]

    public init(_ counts: [Grade: Count] = [:]) { self.counts = counts }

    public mutating func add(_ grade: Grade, milliseconds: Int64) {
        counts[grade, default: Count()].recordings += 1
        counts[grade, default: Count()].milliseconds += milliseconds
    }

    /// Accepted time of a grade or better.
    public func milliseconds(of grade: Grade) -> Int64 {
        counts.filter { $0.key >= grade && $0.key != .rejected }.values.reduce(0) { $0 + $1.milliseconds }
    }

    public var decidedCount: Int64 { counts.values.reduce(0) { $0 + $1.recordings } }

    public var rejectedCount: Int64 { counts[.rejected]?.recordings ?? 0 }

    /// Rejected recordings of all decided ones, rounded half to even to thousandths; 0 before any.
    public var rejectedShare: Factor {
        guard decidedCount > 0 else { return Factor(thousandths: 0) }
        return Factor(
            thousandths: Int64(Rounding.halfToEven(Int128(rejectedCount) * 1000, over: Int128(decidedCount))))
    }
}
