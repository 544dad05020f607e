/// A piece of work for the pool. Leased for a while; a lease that runs out makes it free again.
public struct Job: Identified, Hashable, Sendable {
    public static let idPrefix = "job"

    public enum Kind: String, CaseIterable, Sendable {
        case analysis
        /// A second look with a newer analyser; decides nothing.
        case reanalysis

        /// Lower numbers are taken first.
        public var priority: Int64 { self == .analysis ? 0 : 1 }
    }

    public enum State: String, CaseIterable, Sendable {
        case waiting, leased, done, failed
    }

    public var id: ID<Job>
    public var kind: Kind
    /// The id of what it works on.
    public var subject: String
    public var state: State
    public var attempts: Int64
    /// The token of the worker that holds it.
    public var lease: String?
    public var createdAt: Timestamp
    public var lastError: String?
    /// How often the process ended while a worker measured it.
    public var crashes: Int64

    /// A recording under which the process ended so often is decided without being measured.
    public static let crashesMax: Int64 = 3

    /// A job that failed so often is left for an admin to retry.
    public static let attemptsMax: Int64 = 5

    public init(
        id: ID<Job>, kind: Kind, subject: String, state: State, attempts: Int64, lease: String?, createdAt: Timestamp,
        lastError: String?, crashes: Int64 = 0
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.state = state
        self.attempts = attempts
        self.lease = lease
        self.createdAt = createdAt
        self.lastError = lastError
        self.crashes = crashes
    }

    /// Whether there is something to find for a recording as it is now: one that is withdrawn has nothing left to decide.
    public func isOpen(for recording: Recording) -> Bool {
        switch kind {
        case .analysis: recording.status == .queued || recording.status == .analysing
        case .reanalysis: recording.status == .accepted
        }
    }
}
