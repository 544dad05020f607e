import Glibc

/// A set of descriptors to be told about, edge by edge (epoll(7)).
final class Epoll {
    /// What happened to a descriptor.
    struct Events: OptionSet {
        let rawValue: UInt32
        static let readable = Events(rawValue: 0x001)
        static let writable = Events(rawValue: 0x004)
        static let failed = Events(rawValue: 0x008)
        static let hungUp = Events(rawValue: 0x010)
        /// The peer will send no more.
        static let peerClosed = Events(rawValue: 0x2000)
        /// Of several sets that watch the same descriptor at least one is told (EPOLLEXCLUSIVE, Linux 4.5).
        static let exclusive = Events(rawValue: 1 << 28)
        static let edgeTriggered = Events(rawValue: 1 << 31)
    }

    let descriptor: Int32

    private static let eventCountMax = 256
    /// `struct epoll_event` is packed on x86-64 and only there.
    #if arch(x86_64)
        private static let dataOffset = 4
        private static let stride = 12
    #else
        private static let dataOffset = 8
        private static let stride = 16
    #endif
    private static let add: Int32 = 1
    private static let remove: Int32 = 2
    private static let closeOnExec: Int32 = 0o2000000

    private let calls = LinuxCalls.shared
    private let buffer = UnsafeMutableRawPointer.allocate(byteCount: eventCountMax * stride, alignment: 8)

    init() throws(ServerError) {
        descriptor = LinuxCalls.shared.epollCreate(Self.closeOnExec)
        guard descriptor >= 0 else { throw .system(call: "epoll_create1", code: errno) }
    }

    deinit {
        Glibc.close(descriptor)
        buffer.deallocate()
    }

    /// False where the system refuses; errno says why.
    func add(_ watched: Int32, _ events: Events, token: UInt64) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: Self.stride, alignment: 8) { event in
            event.storeBytes(of: events.rawValue, as: UInt32.self)
            event.storeBytes(of: token, toByteOffset: Self.dataOffset, as: UInt64.self)
            return calls.epollControl(descriptor, Self.add, watched, event.baseAddress) == 0
        }
    }

    func remove(_ watched: Int32) {
        _ = calls.epollControl(descriptor, Self.remove, watched, buffer)
    }

    /// Calls `body` for each event that waits, or that comes in the meantime; answers how many there were.
    func poll(waitingMilliseconds: Int32, _ body: (_ token: UInt64, _ events: Events) -> Void) -> Int {
        let count = Int(calls.epollWait(descriptor, buffer, Int32(Self.eventCountMax), waitingMilliseconds))
        guard count > 0 else { return 0 }
        for index in 0..<count {
            let event = buffer + index * Self.stride
            let token = (event + Self.dataOffset).loadUnaligned(as: UInt64.self)
            body(token, Events(rawValue: event.loadUnaligned(as: UInt32.self)))
        }
        return count
    }
}
