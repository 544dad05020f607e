import Dispatch
import HTTP

/// Answers that go on for as long as there is news.
extension Connection {
    func beginEvents(_ register: @escaping @Sendable (any EventSink) -> @Sendable () -> Void) {
        guard let number = exchange?.number else { return }
        let stream = EventStream { [weak self, loop] in
            loop.enqueue { [weak self] in self?.turn() }
        }
        exchange?.source = .events(stream)
        // Begun while the server ends: the client is to come again.
        if loop.isDraining { stream.close() }
        context.owedCalls.enter()
        offload({ register(stream) }, then: { $0.noteRegistered($1, of: number) })
    }

    private func noteRegistered(_ cancellation: @escaping @Sendable () -> Void, of number: UInt64) {
        if exchange?.number == number, case .events = exchange?.source {
            eventCancellation = cancellation
        } else {
            cancelEvents(cancellation)
        }
    }

    func pumpEvents(_ stream: EventStream) {
        let pending = stream.take()
        if !pending.bytes.isEmpty {
            appendBody(pending.bytes)
            hasProgressed = true
        }
        if pending.isClosed { finishAnswer() }
    }

    /// The stream is over: tells the application, now or as soon as it has said whom to tell.
    func endSource() {
        guard case .events(let stream) = exchange?.source else { return }
        stream.end()
        exchange?.source = nil
        guard let cancellation = eventCancellation else { return }
        eventCancellation = nil
        cancelEvents(cancellation)
    }

    private func cancelEvents(_ cancellation: @escaping @Sendable () -> Void) {
        let owedCalls = context.owedCalls
        context.pool.proceed {
            cancellation()
            owedCalls.leave()
        }
    }
}
