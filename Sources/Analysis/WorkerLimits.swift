/// What workers may take.
public struct WorkerLimits: Sendable {
    /// CPU time that one file may take: some thirty times what the longest recording that is taken needs.
    public var fileCPUSecondsMax = 120.0
    /// How far a worker may go over it, in one call of a decoder say, before the file is decided without it.
    public var graceCPUSeconds = 10.0
    /// How long a job is held. It is renewed as long as the process lives, so that others take it only where that is stuck.
    public var leaseSeconds: Int64 = 300
    /// How often it is looked at what the workers do.
    public var watchSeconds = 1.0

    public init() {}

    /// When a lease is renewed.
    var renewalSeconds: Double { Double(leaseSeconds) / 3 }
}
