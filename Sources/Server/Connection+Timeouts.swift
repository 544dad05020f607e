import HTTP

/// Clients that are too slow. A connection is looked at when its time may have come; what makes the time earlier says so to the wheel
/// of its loop, what makes it later is seen at the look.
extension Connection {
    /// Asks for a look when the patience with the client may end.
    func awaitClient() {
        guard phase != .closed else { return }
        countBody()
        if let deadline { loop.look(at: self, by: deadline) }
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
        return exchange.bodyAwaitedSince.map { $0 + patienceSeconds(with: exchange) }
    }

    /// Ends what has taken too long.
    func checkTimeouts() {
        countBody()
        guard let deadline, loop.now >= deadline else { return }
        guard phase == .open, output.isEmpty, ciphertext.isEmpty, tls?.isEstablished != false else { return close() }
        if exchange?.bodyAwaitedSince != nil {
            fail(RequestFailure(status: 408, detail: "The body comes too slowly (RFC 9110 section 15.5.9)"))
        } else if headStartedAt != nil {
            refuseHead(RequestFailure(status: 408, detail: "The head comes too slowly (RFC 9110 section 15.5.9)"))
        } else {
            return close()
        }
        turn()
    }

    /// Counts how long more of a body was waited for and what came of it meanwhile, and whether it is waited for from now on.
    ///
    /// The client has as much patience as the grace says: waiting uses it up, bytes give it back, but never more than that. So a body
    /// that came fast may not stop for longer than one that came slowly.
    private func countBody() {
        guard let exchange else { return }
        guard !exchange.body.isComplete else {
            exchange.bodyAwaitedSince = nil
            return
        }
        if let awaitedSince = exchange.bodyAwaitedSince {
            let timeouts = context.configuration.timeouts
            let byteCount = exchange.receivedByteCount - exchange.countedByteCount
            let boughtSeconds = Double(byteCount) / timeouts.bodyBytesPerSecondMin
            let patienceSeconds = patienceSeconds(with: exchange) - (loop.now - awaitedSince)
            exchange.bodyPatienceSeconds = min(timeouts.bodyGraceSeconds, patienceSeconds + boughtSeconds)
            exchange.countedByteCount = exchange.receivedByteCount
        }
        exchange.bodyAwaitedSince = awaitsBody(of: exchange) ? loop.now : nil
    }

    /// For how long the client may send nothing of the body.
    private func patienceSeconds(with exchange: Exchange) -> Double {
        exchange.bodyPatienceSeconds ?? context.configuration.timeouts.bodyGraceSeconds
    }

    private func awaitsBody(of exchange: Exchange) -> Bool {
        wantsInput && phase == .open && output.isEmpty && ciphertext.isEmpty && tls?.isEstablished != false
    }
}
