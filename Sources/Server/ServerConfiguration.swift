import Glibc
import HTTP

/// What a server listens on and how much it takes.
public struct ServerConfiguration: Sendable {
    /// Where connections come from.
    public var listeners: [Listener]
    /// What listeners over TLS show; the first is for clients that ask for no name of the others.
    public var certificates: [TLSFiles]
    /// The port that clients are sent to by listeners that lead to https; nil for that of the first listener over TLS.
    public var httpsPort: UInt16?
    public var limits: Limits
    public var timeouts: Timeouts
    /// Event loops, each a serial queue with its own sockets.
    public var loopCount: Int
    /// Threads that may block for the application.
    public var workerCount: Int
    /// Calls that may wait for a thread; a request beyond is 503.
    public var waitingCallCountMax: Int
    /// Connections of the process; more are closed as they come. Fewer where the system gives too few descriptors.
    public var connectionCountMax: Int
    /// Connections of one address (of IPv6 a /64).
    public var connectionCountPerAddressMax: Int
    /// Addresses that the cap does not hold for: a proxy brings everybody's connections.
    public var uncapped: AddressList
    /// The proxies that are believed about whom a request is from. The cap of an address does not hold for them.
    public var forwarding: Forwarding

    /// An idle connection takes about half a KiB beside the kernel's own memory for it.
    public static let connectionCountMaxDefault = 16_384
    /// Some forty browsers, at six connections each.
    public static let connectionCountPerAddressMaxDefault = 256

    public init(
        listeners: [Listener] = [.loopback], certificates: [TLSFiles] = [], httpsPort: UInt16? = nil, limits: Limits = Limits(),
        timeouts: Timeouts = Timeouts(), loopCount: Int = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        workerCount: Int = 64, waitingCallCountMax: Int = 1024, connectionCountMax: Int = connectionCountMaxDefault,
        connectionCountPerAddressMax: Int = connectionCountPerAddressMaxDefault, uncapped: AddressList = .loopback,
        forwarding: Forwarding = Forwarding()
    ) {
        self.listeners = listeners
        self.certificates = certificates
        self.httpsPort = httpsPort
        self.limits = limits
        self.timeouts = timeouts
        self.loopCount = loopCount
        self.workerCount = workerCount
        self.waitingCallCountMax = waitingCallCountMax
        self.connectionCountMax = connectionCountMax
        self.connectionCountPerAddressMax = connectionCountPerAddressMax
        self.uncapped = uncapped
        self.forwarding = forwarding
    }
}
