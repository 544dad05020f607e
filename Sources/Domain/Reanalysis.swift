/// A second look over the catalogue with a newer analyser. What was decided and paid stays as it is.
public struct Reanalysis: Identified, Hashable, Sendable {
    public static let idPrefix = "ran"

    public enum State: String, CaseIterable, Sendable {
        case running, done, cancelled
    }

    public var id: ID<Reanalysis>
    /// Name and version of the analyser: the present one, where the program was upgraded meanwhile.
    public var analyser: String
    public var state: State
    public var startedBy: String
    public var startedAt: Timestamp
    public var endedAt: Timestamp?
    /// Accepted recordings without a result of this analyser when it, or this analyser, began.
    public var recordingCount: Int64
    /// Recordings up to this id have had their job.
    public var position: String
    public var measuredCount: Int64
    public var failedCount: Int64

    /// Jobs that wait at the same time: the queue stays short, however large the catalogue is.
    public static let waitingJobsMax = 256

    public init(
        id: ID<Reanalysis>, analyser: String, state: State, startedBy: String, startedAt: Timestamp, endedAt: Timestamp? = nil,
        recordingCount: Int64, position: String = "", measuredCount: Int64 = 0, failedCount: Int64 = 0
    ) {
        self.id = id
        self.analyser = analyser
        self.state = state
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.recordingCount = recordingCount
        self.position = position
        self.measuredCount = measuredCount
        self.failedCount = failedCount
    }
}
