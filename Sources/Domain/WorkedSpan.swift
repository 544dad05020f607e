/// A stretch of time that counts as work: from its first moment up to before its end.
public struct WorkedSpan: Hashable, Sendable {
    public var from: Timestamp
    public var until: Timestamp

    public init(from: Timestamp, until: Timestamp) {
        self.from = from
        self.until = until
    }

    /// What counts between two activities: the pause, up to the cut-off. Nil where the clock did not move on.
    public init?(after last: Timestamp, activityAt now: Timestamp, idleCutOffSeconds: Int64) {
        guard now > last else { return nil }
        self.init(from: last, until: min(now, last.adding(seconds: idleCutOffSeconds)))
    }

    public var milliseconds: Int64 { max(0, until.milliseconds - from.milliseconds) }

    /// Milliseconds of the window that lie in at least one span.
    public static func milliseconds(
        of spans: [WorkedSpan], from start: Timestamp, until end: Timestamp
    ) -> Int64 {
        var sum: Int64 = 0
        var reached = start.milliseconds
        for span in spans.sorted(by: { $0.from < $1.from }) {
            let from = max(reached, span.from.milliseconds)
            let until = min(end.milliseconds, span.until.milliseconds)
            guard until > from else { continue }
            sum += until - from
            reached = until
        }
        return sum
    }
}
