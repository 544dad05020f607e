/// A stretch of work that a contributor started and ended; what of it counts is metered by its activity.
public struct WorkSession: Identified, Hashable, Sendable {
    public static let idPrefix = "wrk"

    public enum Kind: String, CaseIterable, Sendable {
        case recording, reviewing
    }

    public var id: ID<WorkSession>
    public var contributor: ID<Contributor>
    public var kind: Kind
    public var scenario: ID<Scenario>?
    /// How the speech comes about: as told, or as first recorded.
    public var elicitation: Elicitation?
    public var startedAt: Timestamp
    /// By the server's clock, which may stand still but never runs back here.
    public var lastActivityAt: Timestamp
    public var endedAt: Timestamp?
    /// Metered so far; minutes of sessions that overlap stand in each, the pay floor counts them once.
    public var workedMilliseconds: Int64
    /// Finished time of accepted recordings that were uploaded in it.
    public var finishedMilliseconds: Int64

    public init(
        id: ID<WorkSession>, contributor: ID<Contributor>, kind: Kind, scenario: ID<Scenario>? = nil,
        elicitation: Elicitation? = nil, startedAt: Timestamp, lastActivityAt: Timestamp, endedAt: Timestamp? = nil,
        workedMilliseconds: Int64 = 0, finishedMilliseconds: Int64 = 0
    ) {
        self.id = id
        self.contributor = contributor
        self.kind = kind
        self.scenario = scenario
        self.elicitation = elicitation
        self.startedAt = startedAt
        self.lastActivityAt = lastActivityAt
        self.endedAt = endedAt
        self.workedMilliseconds = workedMilliseconds
        self.finishedMilliseconds = finishedMilliseconds
    }
}
