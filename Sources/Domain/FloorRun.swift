/// One pass over everybody's worked time up to a moment.
public struct FloorRun: Identified, Hashable, Sendable {
    public static let idPrefix = "flr"

    public var id: ID<FloorRun>
    /// Nil for the nightly run.
    public var admin: String?
    public var until: Timestamp
    public var startedAt: Timestamp
    /// Nil while it runs, or where it was cut off; the next run takes up what is left.
    public var endedAt: Timestamp?
    public var periodCount: Int64
    public var topUpCount: Int64
    public var topUpMicros: Int64

    public init(
        id: ID<FloorRun>, admin: String?, until: Timestamp, startedAt: Timestamp, endedAt: Timestamp? = nil,
        periodCount: Int64 = 0, topUpCount: Int64 = 0, topUpMicros: Int64 = 0
    ) {
        self.id = id
        self.admin = admin
        self.until = until
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.periodCount = periodCount
        self.topUpCount = topUpCount
        self.topUpMicros = topUpMicros
    }
}
