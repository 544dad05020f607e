import Glibc

/// A socket that takes connections. Each loop has its own on the same port, and the kernel spreads connections.
final class ListeningSocket {
    let descriptor: Int32
    let address: BoundAddress

    private static let backlog: Int32 = 1024
    private static let nonBlocking = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

    /// `isFirst` for the first socket of a process: sockets that share a port let a second process share it too, and take
    /// half of the connections, so the port is tried alone before.
    init(host: String, port: UInt16, isFirst: Bool) throws(ServerError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let info = found else { throw .hostUnknown(host) }
        defer { freeaddrinfo(found) }
        do {
            if isFirst, port != 0 { close(try Self.bound(info.pointee, sharesPort: false)) }
            descriptor = try Self.bound(info.pointee, sharesPort: true)
        } catch {
            throw .cannotListen(host: host, port: port, code: error.code)
        }
        address = BoundAddress(host: host, port: Self.port(of: descriptor))
    }

    private struct Refusal: Error {
        var code: Int32
    }

    private static func bound(_ info: addrinfo, sharesPort: Bool) throws(Refusal) -> Int32 {
        let descriptor = socket(info.ai_family, info.ai_socktype | nonBlocking, info.ai_protocol)
        guard descriptor >= 0 else { throw Refusal(code: errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if sharesPort { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        if info.ai_family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, backlog) == 0 else {
            let code = errno
            close(descriptor)
            throw Refusal(code: code)
        }
        return descriptor
    }

    deinit { close(descriptor) }

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

    /// Takes the next connection, non-blocking and without Nagle's delay.
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
            Self.set(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
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

    private static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return withUnsafeBytes(of: &storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }
}
