import HTTP

/// How much a client may ask for. A limit that is nil does not exist.
public struct LimitSettings: Sendable {
    /// Requests with one key, by itself or through its sessions.
    public var key: RateLimit?
    /// Requests from one address (of IPv6 a /64) that are not answered from memory.
    public var address: RateLimit?
    /// Wrong keys, sessions and set-up tokens from one address.
    public var failure: RateLimit?
    /// Addresses for which no limit holds. Behind a proxy on the same machine everybody comes from loopback, unless the
    /// server is told to believe the proxy.
    public var exempt: AddressList

    /// A client program that asks a hundred times a second goes on for ever; one that comes with a backlog has ten seconds' worth.
    public static let keyDefault = RateLimit("key", perSecond: 100, burst: 1000)
    /// Many people may be behind one address: five busy ones at once, or a room of people with their pages.
    public static let addressDefault = RateLimit("address", perSecond: 500, burst: 5000)
    /// A person who mistypes never meets it.
    public static let failureDefault = RateLimit("failure", perSecond: 10 / 60, burst: 20)

    public init(
        key: RateLimit? = keyDefault, address: RateLimit? = addressDefault, failure: RateLimit? = failureDefault,
        exempt: AddressList = .loopback
    ) {
        self.key = key
        self.address = address
        self.failure = failure
        self.exempt = exempt
    }
}
