/// One thing that must be well before requests are served.
public struct ReadinessCheck: Sendable {
    public var name: String
    /// Nil when all is well, or else what is wrong in a few words. May block.
    public var failure: @Sendable () -> String?

    public init(_ name: String, failure: @escaping @Sendable () -> String?) {
        self.name = name
        self.failure = failure
    }
}
