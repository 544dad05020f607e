import HTTP
import Logging

/// From answers to bytes.
extension Connection {
    /// Sends what the application answered; a file is opened on the pool first.
    func respond(_ response: Response) {
        guard let exchange else { return }
        let request = exchange.request
        let application = context.application
        if let request, PreparedResponse.mustOpenFile(response, of: request) {
            let number = exchange.number
            offload(
                { PreparedResponse(response, of: request, application: application) },
                then: { connection, answer in
                    guard connection.exchange?.number == number else { return }
                    connection.send(answer)
                })
        } else {
            send(PreparedResponse(response, of: request, application: application))
        }
    }

    /// Sends what was made beforehand; where the request asks for something else, it goes the way of all.
    ///
    /// - Returns: whether any request with the same head would be answered so, on a connection that goes on.
    func respond(_ answer: FixedResponse) -> Bool {
        guard let exchange, let request = exchange.request, !exchange.isVersion10, exchange.body.isComplete,
            answer.isWhole(for: request)
        else {
            respond(answer.response)
            return false
        }
        if endsWithAnswer { exchange.keepsAlive = false }
        exchange.status = answer.response.status
        if output.isEmpty { lastSentAt = loop.now }
        let bodyCount = output.write { bytes in
            answer.append(to: &bytes, date: loop.date, requestID: request.id, closes: !exchange.keepsAlive)
        }
        exchange.bodyStart = output.appendedTotal - Int64(bodyCount)
        finishAnswer()
        return exchange.keepsAlive
    }

    func send(_ answer: PreparedResponse) {
        guard let exchange, exchange.status == 0 else { return }
        let response = answer.response
        let framing = ResponseFraming(of: response, isVersion10: exchange.isVersion10)
        decideEnd(of: exchange, response, framing)
        exchange.status = response.status
        let head = ResponseHead(
            status: response.status, fields: response.fields, framing: framing,
            persistence: !exchange.keepsAlive ? .close : exchange.isVersion10 ? .keepAlive : .silent,
            date: loop.date, requestID: exchange.id)
        if output.isEmpty { lastSentAt = loop.now }
        output.write { head.append(to: &$0) }
        exchange.bodyStart = output.appendedTotal
        exchange.isChunked = framing == .chunked
        if exchange.request?.method == .head || framing == .bodiless {
            finishAnswer()
        } else {
            sendBody(response.body, file: answer.file)
        }
    }

    /// Whether the server ends and this answer is the last: what was pipelined and is here already is answered too.
    var endsWithAnswer: Bool { loop.isDraining && !hasMoreInput }

    /// Whether the connection can go on behind this answer.
    private func decideEnd(of exchange: Exchange, _ response: Response, _ framing: ResponseFraming) {
        let saysClose = response.fields["Connection"]?.lowercased() == "close"
        if endsWithAnswer || framing == .untilClose || saysClose { exchange.keepsAlive = false }
        // What the client still sends must be read before its next request. A client that waits for 100 may send its
        // body or not (RFC 9110 section 10.1.1).
        if !exchange.body.isComplete, exchange.awaitsContinue || !exchange.body.isShort { exchange.keepsAlive = false }
    }

    private func sendBody(_ body: Response.Body, file: OpenFile?) {
        switch body {
        case .empty:
            finishAnswer()
        case .bytes(let bytes):
            output.append(bytes)
            finishAnswer()
        case .file(_, let offset, let byteCount):
            if let file { output.append(.file(file, offset: offset, byteCount: byteCount)) }
            finishAnswer()
        case .content(let content, let offset, let byteCount):
            exchange?.source = .content(content, offset: offset, remaining: byteCount)
        case .sequence(let sequence):
            exchange?.source = .sequence(sequence)
        case .events(let register):
            beginEvents(register)
        }
    }

    /// Makes more of the body where there is room for it.
    func pump() {
        guard phase == .open, let exchange, let source = exchange.source else { return }
        if case .events(let stream) = source, stream.hasOverflowed { return close() }
        guard !exchange.isSourceBusy,
            output.byteCount < Buffering.outputHighMark
        else { return }
        let number = exchange.number
        switch source {
        case .content(let content, let offset, let remaining):
            guard remaining > 0 else { return finishAnswer() }
            self.exchange?.isSourceBusy = true
            let count = Int(min(remaining, Int64(Buffering.contentByteCount)))
            offload(
                { Swift.Result { try content.read(at: offset, count: count) } },
                then: { $0.noteContent($1, of: number, content, offset: offset, remaining: remaining) })
        case .sequence(let sequence):
            self.exchange?.isSourceBusy = true
            offload({ Swift.Result { try sequence.next() } }, then: { $0.noteNext($1, of: number) })
        case .events(let stream):
            pumpEvents(stream)
        }
    }

    private func noteContent(
        _ result: Result<[UInt8], any Error>, of number: UInt64, _ content: any SeekableContent, offset: Int64,
        remaining: Int64
    ) {
        guard exchange?.number == number else { return }
        exchange?.isSourceBusy = false
        switch result {
        case .success(let bytes) where !bytes.isEmpty && Int64(bytes.count) <= remaining:
            appendBody(bytes)
            let count = Int64(bytes.count)
            exchange?.source = .content(content, offset: offset + count, remaining: remaining - count)
        case .success: breakOff("Content was not as long as it said")
        case .failure(let error): breakOff("\(error)")
        }
    }

    private func noteNext(_ result: Result<[UInt8]?, any Error>, of number: UInt64) {
        guard exchange?.number == number else { return }
        exchange?.isSourceBusy = false
        switch result {
        case .success(let bytes?): appendBody(bytes)
        case .success(nil): finishAnswer()
        case .failure(let error): breakOff("\(error)")
        }
    }

    func appendBody(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        if output.isEmpty { lastSentAt = loop.now }
        if exchange?.isChunked == true {
            output.append(ChunkEncoding.sizeLine(bytes.count))
            output.append(bytes)
            output.append(ChunkEncoding.lineEnd)
        } else {
            output.append(bytes)
        }
    }

    /// The head has promised what cannot be kept: only a cut connection tells the client.
    private func breakOff(_ reason: String) {
        context.logger.error(
            "An answer broke off", metadata: ["request": "\(exchange?.request?.id ?? "")", "reason": "\(reason)"])
        close()
    }

    /// The whole answer is queued.
    func finishAnswer() {
        endSource()
        if exchange?.isChunked == true, exchange?.request?.method != .head { output.append(ChunkEncoding.end) }
        exchange?.source = nil
        exchange?.isAnswered = true
        guard let exchange else { return }
        if exchange.body.isComplete || !exchange.keepsAlive { endExchange() }
    }

    /// Answer and body are done, or the body is given up: the next request can come, or the connection ends.
    func endExchange() {
        guard let exchange else { return }
        cancelFeed()
        finishing.append(FinishingExchange(exchange, end: output.appendedTotal))
        if !exchange.body.isComplete { mustLinger = true }
        self.exchange = nil
        idleSince = loop.now
        hasProgressed = true
        // A client that was not told so may have sent its next request: also while the server ends, that one is answered.
        if !exchange.keepsAlive { phase = .flushing }
    }
}
