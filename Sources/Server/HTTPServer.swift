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

    /// Listens and returns at once; the answer holds the real places, in the order of the configuration.
    public func start() throws(ServerError) -> [Listener] {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        guard isFirst else { throw .alreadyStarted }
        // A write to a socket whose peer is gone must be an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        try reloadCertificates()
        let sockets = try listen()
        let listeners = sockets.map { $0[0].listener }
        let httpsPort = context.configuration.httpsPort ?? listeners.first { $0.service == .tls }?.port ?? Redirect.defaultPort
        var loops: [EventLoop] = []
        for index in 0..<loopCount {
            let own = sockets.map { $0[index] }
            loops.append(try EventLoop(index: index, context: context, listening: own, httpsPort: httpsPort))
        }
        try context.pool.start()
        for loop in loops { loop.start() }
        state.withLock { $0.loops = loops }
        return listeners
    }

    /// Connections open now.
    public var connectionCount: Int { context.census.count }

    /// Calls of the application that wait for a thread.
    public var waitingCallCount: Int { context.pool.waitingCount }

    /// Threads that run a call of the application.
    public var busyThreadCount: Int { context.pool.busyCount }

    /// Reads certificates and keys again; connections that are open keep theirs. On failure all the old ones stay.
    public func reloadCertificates() throws(ServerError) {
        let isNeeded = context.configuration.listeners.contains { $0.service != .plain }
        guard isNeeded || !context.configuration.certificates.isEmpty else { return }
        let fresh = try TLSCertificates(context.configuration.certificates)
        context.certificates.withLock { $0 = fresh }
    }

    /// Calls `body` on the queue once every event loop has had a turn: a loop that is stuck never does. For a watchdog.
    public func whenAllLoopsAnswer(on queue: DispatchQueue, _ body: @escaping @Sendable () -> Void) {
        let answers = DispatchGroup()
        for loop in state.withLock({ $0.loops }) { loop.queue.async(group: answers) {} }
        answers.notify(queue: queue, execute: body)
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

    private var loopCount: Int { max(1, context.configuration.loopCount) }

    /// By listener, then by loop.
    private func listen() throws(ServerError) -> [[ListeningSocket]] {
        var sockets: [[ListeningSocket]] = []
        for listener in context.configuration.listeners {
            sockets.append(try ListeningSocket.sockets(listener, loopCount: loopCount))
        }
        return sockets
    }
}
