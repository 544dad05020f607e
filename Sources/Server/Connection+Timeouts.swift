import HTTP

/// Clients that are too slow. A connection is looked at when its time may have come; what makes the time earlier says so to the wheel
/// of its loop, what makes it later is seen at the look.
extension Connection {
    /// Asks for a look when the patience with the client may end.
    func awaitClient() {
        if phase != .closed, let deadline { loop.look(at: self, by: deadline) }
    }

    /// When the patience with the client may end; nil while nobody waits for it.
    private var deadline: Double? {
        let timeouts = context.configuration.timeouts
        if phase == .lingering { return lingeringSince + timeouts.lingerSeconds }
        if let tls, !tls.isEstablished { return acceptedAt + timeouts.handshakeSeconds }
        if !output.isEmpty || !ciphertext.isEmpty { return lastSentAt + timeouts.writeStallSeconds }
        guard phase == .open else { return nil }
        guard let exchange else {
            return headStartedAt.map { $0 + timeouts.headSeconds } ?? (idleSince + timeouts.idleSeconds)
        }
        guard !exchange.body.isComplete, wantsInput else {
            exchange.bodyAwaitedSince = nil
            return nil
        }
        // A rate is counted at every tick.
        if exchange.bodyAwaitedSince == nil { exchange.bodyAwaitedSince = loop.now }
        return loop.now
    }

    /// Ends what has taken too long.
    func checkTimeouts() {
        guard phase == .open, let exchange, tls?.isEstablished != false, output.isEmpty, ciphertext.isEmpty else {
            return checkDeadline()
        }
        guard exchange.bodyAwaitedSince != nil else { return }
        countBody(of: exchange)
    }

    private func checkDeadline() {
        guard let deadline, loop.now >= deadline else { return }
        guard phase == .open, output.isEmpty, ciphertext.isEmpty, tls?.isEstablished != false, headStartedAt != nil else {
            return close()
        }
        refuseHead(RequestFailure(status: 408, detail: "The head comes too slowly (RFC 9110 section 15.5.9)"))
        turn()
    }

    /// The client has as much patience as the grace says: waiting uses it up, bytes give it back, but never more than that. So a body
    /// that came fast may not stop for longer than one that came slowly.
    private func countBody(of exchange: Exchange) {
        let timeouts = context.configuration.timeouts
        let waitedSeconds = loop.now - (exchange.bodyAwaitedSince ?? loop.now)
        exchange.bodyAwaitedSince = loop.now
        let byteCount = exchange.receivedByteCount - exchange.countedByteCount
        exchange.countedByteCount = exchange.receivedByteCount
        let boughtSeconds = Double(byteCount) / timeouts.bodyBytesPerSecondMin
        let patienceSeconds = (exchange.bodyPatienceSeconds ?? timeouts.bodyGraceSeconds) + boughtSeconds
        exchange.bodyPatienceSeconds = min(timeouts.bodyGraceSeconds, patienceSeconds) - waitedSeconds
        guard exchange.bodyPatienceSeconds! < 0 else { return }
        fail(RequestFailure(status: 408, detail: "The body comes too slowly (RFC 9110 section 15.5.9)"))
        turn()
    }
}
