import Glibc

/// Whoever started the process and wants to know how it does: datagrams to the socket in NOTIFY_SOCKET (sd_notify(3)). What cannot be
/// sent is lost, as the protocol has it.
public final class ServiceManager: Sendable {
    /// How long a change of state waits for a manager that does not read: it must not be lost because the manager is busy, and the
    /// server must not hang on one that is stuck.
    private static let sendWaitSeconds = 10

    private let address: SocketAddress?
    private let descriptor: Int32
    /// How often the manager wants to hear that all is well; nil where it does not.
    public let watchdogSeconds: Double?

    /// - Parameter environment: NOTIFY_SOCKET, a path or "@" and an abstract name; WATCHDOG_USEC and WATCHDOG_PID.
    public init(environment: [String: String], processID: Int32) {
        address = environment["NOTIFY_SOCKET"].flatMap { text in
            text.hasPrefix("/") || text.hasPrefix("@") ? SocketAddress(unix: text, mayBeAbstract: true) : nil
        }
        descriptor = address == nil ? -1 : socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if descriptor >= 0 {
            var wait = timeval(tv_sec: Self.sendWaitSeconds, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        }
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == processID } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Double($0) } ?? 0
        watchdogSeconds = address != nil && isMeant && microseconds > 0 ? microseconds * 1e-6 : nil
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Connections are taken, or what changed is in force.
    public func noteReady() { send("READY=1") }

    /// Settings are read again; `noteReady` ends it. The time is CLOCK_MONOTONIC's.
    public func noteReloading(atMicroseconds time: UInt64) { send("RELOADING=1\nMONOTONIC_USEC=\(time)") }

    public func noteStopping() { send("STOPPING=1") }

    /// All is well. It does not wait: the next one follows soon.
    public func noteAlive() { send("WATCHDOG=1", MSG_DONTWAIT) }

    private func send(_ text: String, _ flags: Int = 0) {
        guard descriptor >= 0, let address else { return }
        let bytes = Array(text.utf8)
        while true {
            let count = address.withPointer { sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(flags), $0, $1) }
            guard count < 0, errno == EINTR else { return }
        }
    }
}
