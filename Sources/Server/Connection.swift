import Glibc
import HTTP

/// One client's connection: bytes in, exchanges one after the other, bytes out.
final class Connection: @unchecked Sendable {  // Its state is touched on the loop's queue only.
    enum Phase {
        case open
        /// Sends what is queued, then ends.
        case flushing
        /// Has said that it ends, and reads on so that no reset destroys the answer.
        case lingering
        case closed
    }

    let descriptor: Int32
    let serial: UInt32
    let peer: PeerAddress
    /// Whether the peer is a proxy that is believed.
    let isFromProxy: Bool
    let loop: EventLoop
    let service: Listener.Service
    let tls: TLSSession?
    let acceptedAt: Double

    var phase = Phase.open
    /// Whether a read, or a write, may succeed: set by an event, cleared when the system says "again".
    var isReadable = true
    var isWritable = true
    /// The client will send no more; `hasHungUp` before what it sent is read, `hasReadEnd` after.
    var hasHungUp = false
    var hasReadEnd = false

    /// Arrived and not yet parsed; from `inputStart` on, which is a head's first byte. Empty when all is parsed.
    var input: [UInt8] = []
    var inputStart = 0
    /// Whether bytes had arrived behind what is being answered.
    var hasMoreInput = false
    var parser: HeadParser
    var exchange: Exchange?
    var lastNumber: UInt64 = 0
    var output = OutputQueue()
    /// Encrypted and not yet sent.
    var ciphertext: [UInt8] = []
    var sentOfCiphertext = 0
    var finishing: [FinishingExchange] = []
    /// What the application wants called when its event stream is over.
    var eventCancellation: (@Sendable () -> Void)?
    /// Whether the client may still be sending when the connection ends.
    var mustLinger = false

    /// When the wait for the next request, its head, or room in the socket began.
    var idleSince: Double
    var headStartedAt: Double?
    var lastSentAt: Double
    var lingeringSince = 0.0
    var lingeredByteCount = 0

    var hasProgressed = false
    private var isTurnDeferred = false

    var context: ServerContext { loop.context }

    /// Nil where TLS has no memory for a session.
    init?(descriptor: Int32, serial: UInt32, peer: PeerAddress, service: Listener.Service, loop: EventLoop) {
        self.descriptor = descriptor
        self.serial = serial
        self.peer = peer
        self.service = service
        isFromProxy = loop.context.configuration.forwarding.trusted.contains(peer.address)
        self.loop = loop
        parser = HeadParser(limits: loop.context.configuration.limits)
        acceptedAt = loop.now
        idleSince = loop.now
        lastSentAt = loop.now
        if service == .tls {
            let certificates = loop.context.certificates.withLock { $0 }
            guard let session = certificates.flatMap({ TLSSession($0) }) else { return nil }
            tls = session
        } else {
            tls = nil
        }
    }

    func handle(_ events: Epoll.Events) {
        if events.contains(.failed) { return close() }
        if events.contains(.writable) { isWritable = true }
        if !events.isDisjoint(with: [.readable, .peerClosed, .hungUp]) { isReadable = true }
        if !events.isDisjoint(with: [.peerClosed, .hungUp]) {
            hasHungUp = true
            // Nobody listens to half of an event stream.
            if case .events = exchange?.source { return close() }
        }
        turn()
    }

    func runDeferredTurn() {
        isTurnDeferred = false
        turn()
    }

    /// Does all that can be done now without waiting, up to a fair share.
    func turn() {
        var budget = Buffering.turnByteCount
        repeat {
            guard phase != .closed else { return }
            hasProgressed = false
            processInput()
            read(&budget)
            pump()
            flush(&budget)
            endIfDone()
        } while hasProgressed && budget > 0
        awaitClient()
        if budget <= 0, phase != .closed, !isTurnDeferred {
            isTurnDeferred = true
            loop.deferTurn(of: self)
        }
    }

    /// No request comes any more: ends the connection once all is sent.
    private func endIfDone() {
        if phase == .open, exchange == nil, hasReadEnd { phase = .flushing }
        guard phase == .flushing, output.isEmpty, ciphertext.isEmpty else { return }
        if let tls, tls.isEstablished {
            tls.close()
            var budget = Buffering.turnByteCount
            flush(&budget)
            guard phase == .flushing, ciphertext.isEmpty else { return }
        }
        if hasReadEnd || (input.isEmpty && !isReadable && !mustLinger) {
            close()
        } else {
            shutdown(descriptor, Int32(SHUT_WR))
            phase = .lingering
            lingeringSince = loop.now
            input = []
            hasProgressed = true
        }
    }

    /// The server ends: connections that have been idle for a while at once, others behind their next answer, or once it is clear
    /// that none is wanted.
    func drain() {
        guard phase == .open else { return }
        if case .events(let stream) = exchange?.source {
            stream.close()
            turn()
            return
        }
        endIfQuiet()
    }

    /// While the server ends: ends a connection whose client asks for nothing, or takes its time to do so.
    func endIfQuiet() {
        guard isQuiet else { return }
        // A request that is here already, and not yet read, is answered.
        isReadable = true
        turn()
        guard isQuiet else { return }
        phase = .flushing
        turn()
    }

    private var isQuiet: Bool {
        guard phase == .open, exchange == nil, input.isEmpty else { return false }
        return loop.now - max(idleSince, headStartedAt ?? 0) >= context.configuration.timeouts.drainIdleSeconds
    }

    /// Frees the descriptor, and tells everybody who waits. What was not sent is lost.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        loop.forget(self)
        Glibc.close(descriptor)
        reportLost()
        input = []
        ciphertext = []
        output.clear()
    }

    private func reportLost() {
        cancelFeed()
        endSource()
        let sentTotal = output.sentTotal
        for exchange in finishing {
            context.application.finished(exchange.record(sentTotal: sentTotal, on: loop))
        }
        finishing = []
        if let exchange {
            self.exchange = nil
            let lost = FinishingExchange(exchange, end: .max)
            context.application.finished(lost.record(sentTotal: sentTotal, on: loop))
        }
    }
}
