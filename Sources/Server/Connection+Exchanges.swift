import HTTP

/// From requests to the application, and to failures.
extension Connection {
    /// Answers bytes that are no request, and ends the connection.
    func refuseHead(_ failure: RequestFailure) {
        let startedAt = headStartedAt ?? loop.now
        resetParser()
        exchange = Exchange(
            number: nextNumber(), request: nil, id: loop.identities.next(), peer: peer.text, startedAt: startedAt,
            isVersion10: false, keepsAlive: false, body: .complete, awaitsContinue: false)
        mustLinger = true
        respond(context.application.response(to: failure, of: nil))
    }

    func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    /// - Parameter bytes: of the head.
    func begin(_ head: RequestHead, _ bytes: Span<UInt8>) {
        guard isFromProxy else {
            head.request.arrive(id: loop.identities.next(), peer: peer.text, client: peer.address, isSecure: tls != nil)
            return start(head, bytes)
        }
        do {
            try name(head.request)
            start(head, bytes)
        } catch {
            refuseHead(error)
        }
    }

    /// Takes the proxy's word for whom the request is from.
    private func name(_ request: Request) throws(RequestFailure) {
        let client = try context.configuration.forwarding.client(of: request.fields, from: peer.address)
        request.arrive(
            id: loop.identities.next(), peer: client.address == peer.address ? peer.text : client.address.description,
            client: client.address, isSecure: client.isSecure ?? (tls != nil), host: client.host)
    }

    private func start(_ head: RequestHead, _ bytes: Span<UInt8>) {
        let request = head.request
        let number = nextNumber()
        exchange = Exchange(
            number: number, request: request, id: request.id, peer: request.peer, startedAt: loop.now,
            isVersion10: head.isVersion10, keepsAlive: head.keepsAlive,
            body: RequestBody(head.framing, limits: context.configuration.limits),
            awaitsContinue: head.expectsContinue)
        let plan = redirection(of: request) ?? context.application.plan(for: request)
        exchange?.label = plan.label
        switch plan.action {
        case .answer(let response):
            respond(response)
        case .fixed(let answer):
            if respond(answer) { remember(bytes, request, answer, label: plan.label) }
        case .run(let work):
            let application = context.application
            let isTaken = offload(
                isNew: true, { PreparedResponse(work(), of: request, application: application) },
                then: { connection, answer in
                    guard connection.exchange?.number == number else { return }
                    connection.send(answer)
                })
            if !isTaken { refuseForLoad() }
        case .receive(let byteCountMax, let receiver):
            beginReceiving(receiver, byteCountMax: byteCountMax, request: request)
        }
    }

    /// Runs `work` on the pool and `then` back here, followed by a turn. Nothing that has begun is refused.
    @discardableResult
    func offload<Result: Sendable>(
        isNew: Bool = false, _ work: @escaping @Sendable () -> Result,
        then: @escaping @Sendable (Connection, Result) -> Void
    ) -> Bool {
        let call: WorkerPool.Work = { [self, loop] in
            let result = work()
            loop.enqueue {
                then(self, result)
                self.turn()
            }
        }
        if isNew { return context.pool.submit(call) }
        context.pool.proceed(call)
        return true
    }

    func refuseForLoad() {
        fail(RequestFailure(status: 503, detail: "Too much is waiting already"))
    }

    /// Answers a request that failed on its way, and ends the connection behind the answer.
    func fail(_ failure: RequestFailure) {
        guard exchange != nil else { return }
        cancelFeed()
        exchange?.keepsAlive = false
        exchange?.isBodyAbandoned = true
        mustLinger = true
        guard exchange?.status == 0 else {
            if exchange?.isAnswered == true { endExchange() }
            return
        }
        // What a worker still makes for this exchange comes too late.
        exchange?.number = nextNumber()
        var response = context.application.response(to: failure, of: exchange?.request)
        if failure.status == 503, response.fields["Retry-After"] == nil { response.fields["Retry-After"] = "1" }
        respond(response)
    }
}
