/// Where a server listens.
public struct BoundAddress: Sendable, Equatable {
    /// As configured.
    public var host: String
    /// The real one, also where 0 was configured.
    public var port: UInt16
}
