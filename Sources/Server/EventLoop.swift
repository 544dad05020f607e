import Dispatch
import Glibc
import HTTP

/// One serial queue with an epoll set: everything of its connections happens here, one after the other. A single
/// Dispatch source on the set's descriptor costs less than a source for each socket, and has none of their traps.
final class EventLoop: @unchecked Sendable {  // Its state is touched on `queue` only.
    /// Among the server's loops.
    let index: Int
    let queue: DispatchQueue
    let context: ServerContext
    /// Lent to the connection whose turn it is.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Buffering.turnByteCount, alignment: 16)
    let cipherScratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Buffering.turnByteCount, alignment: 16)
    var identities = RequestIdentities()
    /// A head that got a fixed answer, twice.
    var knownHead: KnownHead?
    /// The last one that was read and got a fixed answer.
    var lastFixedHead: [UInt8] = []
    private(set) var isDraining = false
    /// Of the turn that runs, so that a turn reads the clock once.
    private(set) var now = Clock.seconds

    let epoll: Epoll
    private let inbox = Guarded(Inbox())
    /// Written to when work comes back while the loop waits for events.
    private let bell: Int32
    private(set) var listening: [ListeningSocket]
    /// Listeners that are left alone until the next tick: they would wake the loop for ever with whom nobody can take.
    var pausedListeners: Set<Int> = []
    /// Where clients of plain HTTP are sent.
    let httpsPort: UInt16
    private var source: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    /// By descriptor.
    var connections: [Connection?] = []
    var connectionCount = 0
    /// Of connections, by descriptor: who is looked at, and when.
    private var wheel = TimerWheel()
    private let startedAt: Double
    private let tickSeconds: Double
    var serial: UInt32 = 0
    /// How many new connections are asked for at a time.
    var acceptCount = 1
    private var deferred: [Connection] = []
    private var isDeferredScheduled = false
    private var dateSecond: Int64 = 0
    private var dateText = ""
    private var onEmpty: (() -> Void)?
    private var isEnded = false

    /// Tokens from here on are no connection's, whose lower half is a descriptor.
    private static let firstOtherToken = UInt64.max - UInt64(Int32.max)
    private static let bellToken = UInt64.max
    /// While there is traffic the loop stays on its thread: to go back to Dispatch after each event costs two wake-ups.
    private static let lingerMilliseconds: Int32 = 1
    /// How long it stays at most, so that timers and what else is on the queue get their turn.
    private static let staySeconds = 0.02

    private struct Inbox {
        var work: [@Sendable () -> Void] = []
        /// Whether the loop waits for events, so that the bell wakes it.
        var isLingering = false
    }

    init(index: Int, context: ServerContext, listening: [ListeningSocket], httpsPort: UInt16) throws(ServerError) {
        self.index = index
        self.context = context
        self.listening = listening
        self.httpsPort = httpsPort
        startedAt = Clock.seconds
        tickSeconds = context.configuration.timeouts.tickSeconds
        queue = DispatchQueue(label: "http.\(index)", qos: .userInitiated)
        epoll = try Epoll()
        bell = LinuxCalls.shared.eventDescriptor(0, LinuxCalls.eventFlags)
        guard bell >= 0, epoll.add(bell, [.readable, .edgeTriggered], token: Self.bellToken) else {
            throw .system(call: "eventfd", code: errno)
        }
        for index in listening.indices {
            guard watchListener(index) else { throw .system(call: "epoll_ctl", code: errno) }
        }
    }

    /// A socket that other loops watch too wakes one of them where the kernel can tell.
    func watchListener(_ index: Int) -> Bool {
        epoll.add(listening[index].descriptor, [.readable, .exclusive], token: Self.firstOtherToken + UInt64(index))
    }

    deinit {
        close(bell)
        scratch.deallocate()
        cipherScratch.deallocate()
    }

    func start() {
        let source = DispatchSource.makeReadSource(fileDescriptor: epoll.descriptor, queue: queue)
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(
            deadline: .now() + tickSeconds, repeating: tickSeconds, leeway: .milliseconds(Int(tickSeconds * 100)))
        timer.setEventHandler { [self] in tick() }
        source.setEventHandler { [self] in handleEvents() }
        // The descriptor of the set must outlive its source: the handler holds the loop until then.
        source.setCancelHandler { [self] in listening = [] }
        self.source = source
        self.timer = timer
        timer.activate()
        source.activate()
    }

    /// The value of `Date`, made once a second.
    var date: String {
        let second = Clock.secondsSince1970
        if second != dateSecond {
            dateSecond = second
            dateText = HTTPDate(secondsSince1970: second).text
        }
        return dateText
    }

    /// Gives the connection another turn after the others had theirs.
    func deferTurn(of connection: Connection) {
        deferred.append(connection)
        guard !isDeferredScheduled else { return }
        isDeferredScheduled = true
        queue.async { [self] in
            isDeferredScheduled = false
            let connections = deferred
            deferred = []
            now = Clock.seconds
            for connection in connections { connection.runDeferredTurn() }
        }
    }

    /// Runs on the queue what comes back from a worker. What comes while the queue is busy waits for one wake-up together.
    func enqueue(_ work: @escaping @Sendable () -> Void) {
        let (isFirst, isLingering) = inbox.withLock { inbox in
            inbox.work.append(work)
            return (inbox.work.count == 1, inbox.isLingering)
        }
        guard isFirst else { return }
        guard isLingering else { return queue.async { [self] in _ = runInbox() } }
        withUnsafeBytes(of: UInt64(1)) { one in _ = write(bell, one.baseAddress, one.count) }
    }

    /// Runs what came back; answers whether there was anything.
    private func runInbox() -> Bool {
        let waiting = inbox.withLock { inbox in
            inbox.isLingering = false
            defer { inbox.work = [] }
            return inbox.work
        }
        guard !waiting.isEmpty else { return false }
        now = Clock.seconds
        for work in waiting { work() }
        return true
    }

    /// Forgets a connection whose descriptor is about to be closed.
    func forget(_ connection: Connection) {
        connections[Int(connection.descriptor)] = nil
        wheel.remove(Int(connection.descriptor))
        connectionCount -= 1
        context.census.leave(connection.peer)
        reportEmpty()
    }

    /// Closes the listeners and every idle connection; `whenEmpty` is called once the last one is gone.
    func drain(whenEmpty: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            now = Clock.seconds
            stopListening()
            isDraining = true
            onEmpty = whenEmpty
            for connection in connections { connection?.drain() }
            reportEmpty()
            // A client that was just answered may have sent its next request already.
            let grace = context.configuration.timeouts.drainIdleSeconds
            queue.asyncAfter(deadline: .now() + grace) { [self] in
                guard !isEnded else { return }
                now = Clock.seconds
                for connection in connections { connection?.endIfQuiet() }
            }
        }
    }

    /// Takes who waits at listeners that end with this process. At a passed one they wait for the next process.
    private func stopListening() {
        for (index, socket) in listening.enumerated() {
            if !socket.isPassed { acceptAll(index, countMax: Int(ListeningSocket.backlog)) }
            epoll.remove(socket.descriptor)
        }
        listening = []
    }

    /// Cuts what is left and frees the queue's sources. Returns when done.
    func end() {
        queue.sync {
            for connection in connections { connection?.close() }
            isEnded = true
            timer?.cancel()
            source?.cancel()
        }
    }

    private func reportEmpty() {
        guard isDraining, connectionCount == 0, let onEmpty else { return }
        self.onEmpty = nil
        onEmpty()
    }

    private func handleEvents() {
        guard !isEnded else { return }
        now = Clock.seconds
        let leaveAt = now + Self.staySeconds
        while true {
            if epoll.poll(waitingMilliseconds: 0, handle) > 0 {
                // Under steady traffic what came back must not wait until the loop leaves.
                _ = runInbox()
            } else {
                // Otherwise work that came before is on its way to the queue.
                let mayLinger = inbox.withLock { inbox in
                    inbox.isLingering = inbox.work.isEmpty
                    return inbox.isLingering
                }
                guard mayLinger else { return }
                let count = epoll.poll(waitingMilliseconds: Self.lingerMilliseconds, handle)
                guard runInbox() || count > 0 else { return }
            }
            now = Clock.seconds
            // Deferred turns are next on the queue.
            guard now < leaveAt, !isEnded, deferred.isEmpty else { return }
        }
    }

    private func handle(_ token: UInt64, _ events: Epoll.Events) {
        switch token {
        // What it says is looked for after each wait.
        case Self.bellToken: break
        case Self.firstOtherToken...: acceptSome(Int(token - Self.firstOtherToken))
        default:
            let descriptor = Int(UInt32(truncatingIfNeeded: token))
            guard descriptor < connections.count, let connection = connections[descriptor],
                connection.serial == UInt32(token >> 32)
            else { return }
            connection.handle(events)
        }
    }

    /// Looks at the connection at the first tick behind a time, or before.
    func look(at connection: Connection, by deadline: Double) {
        let ticks = min((deadline - startedAt) / tickSeconds, Double(Int32.max))
        wheel.put(Int(connection.descriptor), at: Int(ticks.rounded(.up)))
    }

    private func tick() {
        now = Clock.seconds
        resumeListeners()
        let due = Int((now - startedAt) / tickSeconds)
        while wheel.tick < due {
            for descriptor in wheel.advance() {
                guard let connection = connections[Int(descriptor)] else { continue }
                connection.checkTimeouts()
                connection.awaitClient()
            }
        }
        if isDraining { for connection in connections { connection?.endIfQuiet() } }
    }
}
