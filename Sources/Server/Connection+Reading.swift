import HTTP

/// From bytes to requests.
extension Connection {
    /// Whether more bytes of the client are of use now. Where not, they stay in the socket, and the client waits.
    var wantsInput: Bool {
        switch phase {
        case .open:
            guard let exchange else { return output.byteCount < Buffering.outputHighMark }
            guard !exchange.body.isComplete, !exchange.isBodyAbandoned else { return false }
            guard let feed = exchange.feed else { return true }
            return feed.backlog.bytes.count < Buffering.bodyPieceByteCount
        case .lingering: return true
        case .flushing, .closed: return false
        }
    }

    /// Parses what arrived while it could not be used.
    func processInput() {
        guard !input.isEmpty, phase == .open, exchange == nil, output.byteCount < Buffering.outputHighMark else { return }
        if !parser.isEmpty, headStartedAt != nil { return }
        consume(UnsafeRawBufferPointer(start: nil, count: 0))
    }

    func read(_ budget: inout Int) {
        while wantsInput, budget > 0 {
            let feed = directFeed
            switch feed.map({ receive(into: $0, countMax: budget) }) ?? receive(into: loop.scratch) {
            case .bytes(let count):
                budget -= count
                hasProgressed = true
                if let feed {
                    noteDirect(count, feed)
                } else if phase == .lingering {
                    lingeredByteCount += count
                    if lingeredByteCount > Buffering.lingerByteCountMax { return close() }
                } else {
                    consume(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
                }
            case .nothing: return
            case .end: return handleReadEnd()
            case .failed:
                // Under TLS there may be an alert that says why.
                flush(&budget)
                return close()
            }
        }
    }

    private func handleReadEnd() {
        hasReadEnd = true
        if phase == .lingering { return close() }
        guard let exchange, !exchange.body.isComplete else { return }
        // Half of a body is no body, whatever was still to be said.
        guard exchange.isAnswered else { return close() }
        exchange.keepsAlive = false
        endExchange()
    }

    /// Takes bytes behind what waits already, and keeps what cannot be used yet.
    private func consume(_ bytes: UnsafeRawBufferPointer) {
        if input.isEmpty {
            let usedCount = process(bytes)
            if phase == .open, usedCount < bytes.count { input = Array(bytes[usedCount...]) }
        } else {
            var waiting = input
            var position = inputStart
            input = []
            inputStart = 0
            waiting.append(contentsOf: bytes)
            position += waiting.withUnsafeBytes { process(UnsafeRawBufferPointer(rebasing: $0[position...])) }
            if phase == .open, position < waiting.count { keep(waiting, from: position) }
        }
        let isHeadPartial = phase == .open && exchange == nil && !parser.isEmpty
        if isHeadPartial, headStartedAt == nil { headStartedAt = loop.now }
    }

    /// Keeps what is left, moved to the front only when that is the smaller part: many requests may wait in one buffer.
    private func keep(_ waiting: [UInt8], from position: Int) {
        if position > waiting.count / 2 {
            input = Array(waiting[position...])
        } else {
            input = waiting
            inputStart = position
        }
    }

    /// Uses as much as can be used now, and returns how much that was.
    private func process(_ buffer: UnsafeRawBufferPointer) -> Int {
        let bytes = Span<UInt8>(_unsafeBytes: buffer)
        var position = 0
        while phase == .open, position < bytes.count {
            if exchange == nil {
                guard output.byteCount < Buffering.outputHighMark else { break }
                if let known = knownHead(in: buffer, at: position) {
                    position += known.bytes.count
                    hasMoreInput = position < bytes.count
                    answer(known)
                    continue
                }
                guard let head = parseHead(bytes.extracting(position..<bytes.count)) else { break }
                let start = position
                position += head.byteCount
                hasMoreInput = position < bytes.count
                begin(head, bytes.extracting(start..<position))
            } else if exchange?.body.isComplete == false {
                receiveBody(bytes, at: &position)
                hasMoreInput = position < bytes.count
            } else {
                break
            }
        }
        beginFeed()
        return position
    }

    /// The next head, or nil where it is incomplete or refused.
    private func parseHead(_ bytes: Span<UInt8>) -> RequestHead? {
        do {
            guard let head = try parser.parse(bytes) else { return nil }
            resetParser()
            return head
        } catch {
            refuseHead(error)
            return nil
        }
    }

    func resetParser() {
        parser = HeadParser(limits: context.configuration.limits)
        headStartedAt = nil
    }
}
