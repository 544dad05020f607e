import Dispatch
import Glibc
import HTTP
import Logging

/// An HTTP/1.1 server for one application. `start` once, `stop` once.
public final class HTTPServer: Sendable {
    private struct State {
        var loops: [EventLoop] = []
        var hasStarted = false
    }

    private let context: ServerContext
    private let state = Guarded(State())

    /// - Parameter onRefusal: told of each connection that is closed as it comes, on its queue: it must not block.
    public init(
        configuration: ServerConfiguration, application: any Application,
        logger: Logger = Logger(label: "http"), onRefusal: @escaping @Sendable (ConnectionRefusal) -> Void = { _ in }
    ) {
        context = ServerContext(
            application: application, configuration: configuration, logger: logger, onRefusal: onRefusal)
    }

    /// Listens and returns at once; the answer holds the real port.
    public func start() throws(ServerError) -> BoundAddress {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        guard isFirst else { throw .alreadyStarted }
        // A write to a socket whose peer is gone must be an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        try reloadCertificates()
        let sockets = try listen()
        var loops: [EventLoop] = []
        for (index, socket) in sockets.enumerated() {
            loops.append(try EventLoop(index: index, context: context, listening: socket))
        }
        try context.pool.start()
        for loop in loops { loop.start() }
        state.withLock { $0.loops = loops }
        return sockets[0].address
    }

    /// Connections open now, for the metrics.
    public var connectionCount: Int { context.census.count }

    /// Reads certificate and key again; connections that are open keep theirs. On failure the old ones stay.
    public func reloadCertificates() throws(ServerError) {
        guard let files = context.configuration.tls else { return }
        let fresh = try TLSContext(files)
        context.tls.withLock { $0 = fresh }
    }

    /// Takes no more connections, lets answers in flight end, and then ends what is left at the deadline. Blocks until
    /// then; true when nothing had to be cut. Not to be called from within the application's calls.
    @discardableResult
    public func stop(deadlineSeconds: Double) -> Bool {
        let loops = state.withLock { state in
            defer { state.loops = [] }
            return state.loops
        }
        let deadline = DispatchTime.now() + deadlineSeconds
        let open = DispatchGroup()
        for loop in loops {
            open.enter()
            loop.drain { open.leave() }
        }
        let isDrained = open.wait(timeout: deadline) == .success
        for loop in loops { loop.end() }
        // What was cut has its receivers cancelled; give them a moment even when the deadline is gone.
        let last = max(deadline, DispatchTime.now() + 1)
        let isSettled = context.owedCalls.wait(timeout: last) == .success
        let isIdle = context.pool.stop(deadline: last)
        return isDrained && isSettled && isIdle
    }

    private func listen() throws(ServerError) -> [ListeningSocket] {
        let configuration = context.configuration
        let first = try ListeningSocket(host: configuration.host, port: configuration.port, isFirst: true)
        var sockets = [first]
        while sockets.count < max(1, configuration.loopCount) {
            sockets.append(try ListeningSocket(host: configuration.host, port: first.address.port, isFirst: false))
        }
        return sockets
    }
}
