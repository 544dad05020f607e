/// How long people really worked for a finished hour of one kind of scenario.
public struct MeasuredOverhead: Hashable, Sendable {
    /// Median of worked time over finished time; nil while there are too few sessions.
    public let median: Factor?
    public let sessionCount: Int64

    /// - Parameter ratios: one for each finished session, in thousandths.
    public init(ratios: [Int64], sessionsNeeded: Int64) {
        sessionCount = Int64(ratios.count)
        guard sessionCount >= sessionsNeeded, !ratios.isEmpty else {
            median = nil
            return
        }
        let sorted = ratios.sorted()
        let upper = sorted[sorted.count / 2]
        let lower = sorted[(sorted.count - 1) / 2]
        let middle = Rounding.halfToEven(Int128(lower) + Int128(upper), over: 2)
        // Nobody works less than they speak; a session that seems so was recorded outside its metered time.
        median = Factor(thousandths: min(max(Int64(clamping: middle), 1000), Factor.thousandthsMax))
    }
}
