import Dispatch
import HTTP

/// The body of a request on its way to whoever takes it.
extension Connection {
    func beginReceiving(_ receiver: any BodyReceiver, byteCountMax: Int64, request: Request) {
        exchange?.byteCountMax = byteCountMax
        guard request.contentLength ?? 0 <= byteCountMax else { return fail(Self.tooLarge(byteCountMax)) }
        exchange?.feed = BodyFeed(receiver)
    }

    /// Makes the first call for a body, once everything that came with its head is used: a body that is complete by then
    /// costs one call of the pool instead of three.
    func beginFeed() {
        guard let feed = exchange?.feed, feed.state == .fresh else { return }
        let receiver = feed.receiver
        context.owedCalls.enter()
        let isTaken: Bool
        if exchange?.body.isComplete == true {
            feed.state = .finishing
            let buffer = feed.takeBacklog()
            isTaken = offload(
                isNew: true,
                { receiver.begin() ?? (buffer.bytes.isEmpty ? nil : receiver.receive(buffer.bytes)) ?? receiver.finish() },
                then: { $0.noteFinished(feed, $1) })
        } else {
            feed.state = .beginning
            isTaken = offload(isNew: true, { receiver.begin() }, then: { $0.noteBegun(feed, $1) })
        }
        guard isTaken else {
            feed.state = .over
            context.owedCalls.leave()
            return refuseForLoad()
        }
    }

    /// Decodes what has arrived of the body, and hands it on or drops it.
    func receiveBody(_ bytes: Span<UInt8>, at position: inout Int) {
        guard let exchange else { return }
        guard !exchange.isBodyAbandoned else {
            position = bytes.count
            return
        }
        do {
            while let range = try exchange.body.next(bytes, at: &position) {
                try accept(bytes.extracting(range))
            }
        } catch {
            return fail(error)
        }
        guard exchange.body.isComplete else { return }
        if exchange.isAnswered { endExchange() }
        if let feed = exchange.feed { advance(feed) }
    }

    /// Whose piece the socket is read into: that of a body without framing, whose receiver has begun and of which much is to come.
    var directFeed: BodyFeed? {
        guard let exchange, let feed = exchange.feed, feed.state == .idle || feed.state == .receiving,
            case .length(let remaining) = exchange.body, remaining >= Buffering.directByteCountMin
        else { return nil }
        return feed
    }

    /// Reads a part of the body to where its receiver will find it.
    func receive(into feed: BodyFeed, countMax: Int) -> Received {
        guard let exchange, case .length(let remaining) = exchange.body else { return .nothing }
        let countMax = min(countMax, Int(clamping: remaining), Buffering.bodyPieceByteCount - feed.backlog.bytes.count)
        var received = Received.nothing
        feed.backlog.append(upTo: countMax) { room in
            received = receive(into: room)
            return if case .bytes(let count) = received { count } else { 0 }
        }
        return received
    }

    /// Counts what was read to where its receiver will find it, and hands the piece on.
    func noteDirect(_ count: Int, _ feed: BodyFeed) {
        guard let exchange else { return }
        exchange.body.take(count)
        exchange.receivedByteCount += Int64(count)
        exchange.awaitsContinue = false
        hasMoreInput = false
        if exchange.body.isComplete || feed.backlog.bytes.count >= Buffering.bodyPieceByteCount { advance(feed) }
    }

    private func accept(_ content: Span<UInt8>) throws(RequestFailure) {
        guard let exchange else { return }
        exchange.receivedByteCount += Int64(content.count)
        exchange.awaitsContinue = false
        guard let feed = exchange.feed else {
            if exchange.receivedByteCount > Buffering.droppedBodyMax {
                exchange.isBodyAbandoned = true
                exchange.keepsAlive = false
            }
            return
        }
        guard exchange.receivedByteCount <= exchange.byteCountMax else { throw Self.tooLarge(exchange.byteCountMax) }
        guard feed.state != .over else { return }
        content.withUnsafeBufferPointer { feed.backlog.bytes.append(contentsOf: $0) }
        if feed.backlog.bytes.count >= Buffering.bodyPieceByteCount { advance(feed) }
    }

    /// Calls the receiver with what waits for it, where it is free.
    func advance(_ feed: BodyFeed) {
        guard feed.state == .idle, exchange?.feed === feed else { return }
        let receiver = feed.receiver
        if !feed.backlog.bytes.isEmpty {
            let buffer = feed.takeBacklog()
            feed.state = .receiving
            offload(
                { receiver.receive(buffer.bytes) },
                then: { connection, answer in
                    feed.reuse(buffer)
                    connection.noteReceived(feed, answer)
                })
        } else if exchange?.body.isComplete == true {
            feed.state = .finishing
            offload({ receiver.finish() }, then: { $0.noteFinished(feed, $1) })
        }
    }

    private func noteBegun(_ feed: BodyFeed, _ refusal: Response?) {
        if let refusal { return settle(feed, with: refusal) }
        feed.state = .idle
        if feed.isLost { return cancel(feed) }
        if exchange?.awaitsContinue == true {
            exchange?.awaitsContinue = false
            output.append(ResponseHead.continueBytes)
        }
        advance(feed)
    }

    private func noteReceived(_ feed: BodyFeed, _ answer: Response?) {
        if let answer { return settle(feed, with: answer) }
        feed.state = .idle
        if feed.isLost { return cancel(feed) }
        advance(feed)
    }

    private func noteFinished(_ feed: BodyFeed, _ answer: Response) {
        settle(feed, with: answer)
    }

    /// The receiver has given its answer and is called no more.
    private func settle(_ feed: BodyFeed, with answer: Response) {
        feed.state = .over
        feed.drop()
        context.owedCalls.leave()
        guard !feed.isLost, exchange?.feed === feed else { return }
        respond(answer)
    }

    /// The body will not become complete: the receiver is told so once, unless it has answered or is finishing.
    func cancelFeed() {
        guard let feed = exchange?.feed else { return }
        feed.drop()
        feed.isLost = true
        switch feed.state {
        case .idle: cancel(feed)
        case .fresh: feed.state = .over
        default: break
        }
    }

    private func cancel(_ feed: BodyFeed) {
        feed.state = .over
        let receiver = feed.receiver
        let owedCalls = context.owedCalls
        context.pool.proceed {
            receiver.cancel()
            owedCalls.leave()
        }
    }

    private static func tooLarge(_ byteCountMax: Int64) -> RequestFailure {
        RequestFailure(status: 413, detail: "The body is longer than \(byteCountMax) bytes")
    }
}
