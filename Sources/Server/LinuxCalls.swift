import Glibc

/// `epoll`, `eventfd` and `accept4`, which the Swift module of glibc leaves out. They are looked up by name in the C library that is
/// linked anyway; all have been in glibc since 2.10.
struct LinuxCalls: Sendable {
    typealias EpollCreate = @convention(c) (Int32) -> Int32
    typealias EpollControl = @convention(c) (Int32, Int32, Int32, UnsafeMutableRawPointer?) -> Int32
    typealias EpollWait = @convention(c) (Int32, UnsafeMutableRawPointer?, Int32, Int32) -> Int32
    typealias Accept =
        @convention(c) (
            Int32, UnsafeMutableRawPointer?, UnsafeMutablePointer<socklen_t>?, Int32
        ) -> Int32

    typealias EventDescriptor = @convention(c) (UInt32, Int32) -> Int32

    /// EFD_NONBLOCK and EFD_CLOEXEC.
    static let eventFlags: Int32 = 0o2004000

    let eventDescriptor: EventDescriptor
    let epollCreate: EpollCreate
    let epollControl: EpollControl
    let epollWait: EpollWait
    let accept: Accept

    static let shared = LinuxCalls()

    private init() {
        eventDescriptor = unsafeBitCast(Self.symbol("eventfd"), to: EventDescriptor.self)
        epollCreate = unsafeBitCast(Self.symbol("epoll_create1"), to: EpollCreate.self)
        epollControl = unsafeBitCast(Self.symbol("epoll_ctl"), to: EpollControl.self)
        epollWait = unsafeBitCast(Self.symbol("epoll_wait"), to: EpollWait.self)
        accept = unsafeBitCast(Self.symbol("accept4"), to: Accept.self)
    }

    private static func symbol(_ name: String) -> UnsafeMutableRawPointer {
        guard let address = dlsym(nil, name) else { preconditionFailure("The C library lacks \(name)") }
        return address
    }
}
