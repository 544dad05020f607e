import HTTP

/// Clients that are too slow. Looked at once a tick: a scan of a thousand connections costs some microseconds.
extension Connection {
    func checkTimeouts() {
        let timeouts = context.configuration.timeouts
        let now = loop.now
        let elapsed = now - lastCheckedAt
        lastCheckedAt = now
        if phase == .lingering {
            if now - lingeringSince >= timeouts.lingerSeconds { close() }
        } else if let tls, !tls.isEstablished {
            if now - acceptedAt >= timeouts.handshakeSeconds { close() }
        } else if !output.isEmpty || !ciphertext.isEmpty {
            if now - lastSentAt >= timeouts.writeStallSeconds { close() }
        } else if phase == .open {
            checkRequest(timeouts, now: now, elapsed: elapsed)
        }
    }

    private func checkRequest(_ timeouts: Timeouts, now: Double, elapsed: Double) {
        guard let exchange else { return checkHead(timeouts, now: now) }
        guard !exchange.body.isComplete, wantsInput else { return }
        exchange.bodyWaitSeconds += elapsed
        let counted = exchange.bodyWaitSeconds - timeouts.bodyGraceSeconds
        guard counted > 0, Double(exchange.receivedByteCount) < counted * timeouts.bodyBytesPerSecondMin else { return }
        fail(RequestFailure(status: 408, detail: "The body comes too slowly (RFC 9110 section 15.5.9)"))
        turn()
    }

    private func checkHead(_ timeouts: Timeouts, now: Double) {
        if let headStartedAt {
            guard now - headStartedAt >= timeouts.headSeconds else { return }
            refuseHead(RequestFailure(status: 408, detail: "The head comes too slowly (RFC 9110 section 15.5.9)"))
            turn()
        } else if now - idleSince >= timeouts.idleSeconds {
            close()
        }
    }
}
