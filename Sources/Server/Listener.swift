/// A place where connections come in, and what is spoken there.
public struct Listener: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        /// A numeric address or a name; "::" takes IPv4 too. Port 0 lets the system choose one.
        case network(host: String, port: UInt16)
        /// A Unix socket (unix(7)) whose file gets these permissions. Clients count as 127.0.0.1.
        case unix(path: String, mode: UInt32)
        /// A stream socket that listens already, from whoever started this process. The server closes it in the end, and leaves
        /// who waits there to whoever else holds it.
        case passed(descriptor: Int32)
    }

    public enum Service: Sendable, Equatable {
        case plain
        /// Needs certificates.
        case tls
        /// Plain HTTP that answers every request with the same place under https. Needs certificates, whose names it checks.
        case redirect
    }

    public var place: Place
    public var service: Service

    public init(_ place: Place, _ service: Service = .plain) {
        self.place = place
        self.service = service
    }

    /// The default: loopback, on a port that the system chooses.
    public static let loopback = Listener(.network(host: "127.0.0.1", port: 0))

    /// Nil for Unix sockets, and for passed ones as long as nobody has asked the system.
    public var port: UInt16? {
        if case .network(_, let port) = place { port } else { nil }
    }
}
