import Glibc

/// A socket that takes connections.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    /// With the real port, or what a passed socket turned out to be.
    let listener: Listener
    /// Whether somebody else holds it too, and takes who waits there when this process ends.
    let isPassed: Bool
    private let file: UnixSocketFile?

    /// Connections that wait to be accepted.
    static let backlog: Int32 = 1024
    private static let nonBlocking = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

    private init(_ descriptor: Int32, _ listener: Listener, isPassed: Bool = false, file: UnixSocketFile? = nil) {
        self.descriptor = descriptor
        self.listener = listener
        self.isPassed = isPassed
        self.file = file
    }

    deinit { close(descriptor) }

    /// The sockets of one listener, one a loop: at a network address each loop has its own on the same port, and the kernel
    /// spreads connections; elsewhere all share one.
    static func sockets(_ listener: Listener, loopCount: Int) throws(ServerError) -> [ListeningSocket] {
        switch listener.place {
        case .network(let host, let port):
            let first = try network(host, port, listener.service, isFirst: true)
            var sockets = [first]
            while sockets.count < loopCount {
                sockets.append(try network(host, first.listener.port ?? port, listener.service, isFirst: false))
            }
            return sockets
        case .unix(let path, let mode):
            return Array(repeating: try unix(path, mode: mode, listener.service), count: loopCount)
        case .passed(let descriptor):
            return Array(repeating: try passed(descriptor, listener.service), count: loopCount)
        }
    }

    /// `isFirst` for the first socket of a process: sockets that share a port let a second process share it too, and take
    /// half of the connections, so the port is tried alone before.
    private static func network(
        _ host: String, _ port: UInt16, _ service: Listener.Service, isFirst: Bool
    ) throws(ServerError) -> ListeningSocket {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let info = found else { throw .hostUnknown(host) }
        defer { freeaddrinfo(found) }
        let descriptor: Int32
        do {
            if isFirst, port != 0 { close(try bound(info.pointee, sharesPort: false)) }
            descriptor = try bound(info.pointee, sharesPort: true)
        } catch {
            throw .cannotListen(at: host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)", code: error.code)
        }
        let real = SocketAddress(of: descriptor)?.port ?? port
        return ListeningSocket(descriptor, Listener(.network(host: host, port: real), service))
    }

    private struct Refusal: Error {
        var code: Int32
    }

    private static func bound(_ info: addrinfo, sharesPort: Bool) throws(Refusal) -> Int32 {
        let descriptor = socket(info.ai_family, info.ai_socktype | nonBlocking, info.ai_protocol)
        guard descriptor >= 0 else { throw Refusal(code: errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if sharesPort { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        handDown(descriptor)
        if info.ai_family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, backlog) == 0 else {
            let code = errno
            close(descriptor)
            throw Refusal(code: code)
        }
        return descriptor
    }

    private static func unix(_ path: String, mode: UInt32, _ service: Listener.Service) throws(ServerError) -> ListeningSocket {
        guard let address = SocketAddress(unix: path) else { throw .pathUnusable(path) }
        try UnixSocketFile.removeStale(path, address)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | nonBlocking, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        let listener = Listener(.unix(path: path, mode: mode), service)
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
            let code = errno
            close(descriptor)
            throw .cannotListen(at: path, code: code)
        }
        let file: UnixSocketFile
        do { file = try UnixSocketFile(path: path) } catch {
            close(descriptor)
            throw error
        }
        let socket = ListeningSocket(descriptor, listener, file: file)
        // Nobody can connect before `listen`, so nobody comes in by other permissions.
        guard chmod(path, mode) == 0, listen(descriptor, backlog) == 0 else { throw .cannotListen(at: path, code: errno) }
        return socket
    }

    private static func passed(_ descriptor: Int32, _ service: Listener.Service) throws(ServerError) -> ListeningSocket {
        guard option(descriptor, SO_TYPE) == Int32(SOCK_STREAM.rawValue), option(descriptor, SO_ACCEPTCONN) == 1,
            let address = SocketAddress(of: descriptor)
        else { throw .cannotTake(descriptor: descriptor) }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw .system(call: "fcntl", code: errno)
        }
        if !address.isUnix { handDown(descriptor) }
        let place: Listener.Place =
            address.isUnix ? .unix(path: address.path, mode: 0) : .network(host: address.host, port: address.port)
        return ListeningSocket(descriptor, Listener(place, service), isPassed: true)
    }

    enum Accepted {
        case connection(Int32, PeerAddress)
        /// Nobody waits any more.
        case nobody
        /// Somebody left before they were taken; there may be others.
        case again
        /// Somebody was turned away for want of a descriptor; there may be others.
        case turnedAway
        /// The system has nothing left, not even to turn somebody away.
        case exhausted
    }

    /// Takes the next connection, non-blocking; without Nagle's delay, which it has from its listener.
    func accept(_ spare: SpareDescriptor) -> Accepted {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let accepted = LinuxCalls.shared.accept(descriptor, &storage, &length, Self.nonBlocking)
        if accepted >= 0 {
            guard !spare.isMissing else {
                close(accepted)
                spare.regain()
                return .turnedAway
            }
            return .connection(accepted, PeerAddress(&storage))
        }
        switch errno {
        case EAGAIN: return .nobody
        case EMFILE, ENFILE: return turnAway(spare)
        case ENOBUFS, ENOMEM: return .exhausted
        default: return .again
        }
    }

    /// Takes a connection on the spare descriptor and ends it.
    private func turnAway(_ spare: SpareDescriptor) -> Accepted {
        spare.lend {
            let accepted = LinuxCalls.shared.accept(descriptor, nil, nil, Self.nonBlocking)
            let code = errno
            if accepted >= 0 {
                close(accepted)
                return .turnedAway
            }
            return code == EAGAIN ? .nobody : .exhausted
        } ?? .exhausted
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// What a client that is gone without a word may keep: the system asks idle ones whether they are there, and gives up on
    /// those that confirm nothing of what was sent.
    private static let keepAliveIdleSeconds: Int32 = 30
    private static let keepAliveIntervalSeconds: Int32 = 10
    private static let unconfirmedMilliseconds: Int32 = 60_000

    /// For the connections that it takes: Linux hands these down (tcp(7)), so that they cost no call for each.
    private static func handDown(_ descriptor: Int32) {
        let tcp = Int32(IPPROTO_TCP)
        set(descriptor, tcp, TCP_NODELAY, 1)
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(descriptor, tcp, TCP_KEEPIDLE, keepAliveIdleSeconds)
        set(descriptor, tcp, TCP_KEEPINTVL, keepAliveIntervalSeconds)
        set(descriptor, tcp, TCP_USER_TIMEOUT, unconfirmedMilliseconds)
    }

    private static func option(_ descriptor: Int32, _ name: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}
