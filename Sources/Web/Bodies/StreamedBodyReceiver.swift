import Crypto
import HTTP

/// Hands a body to a route's consumer as it arrives, and turns what the consumer throws into answers.
final class StreamedBodyReceiver: BodyReceiver, @unchecked Sendable {
    // Unchecked: the server makes the calls of a receiver one at a time and in order.
    private let exchange: Exchange
    private let makeConsumer: Route.Receiver
    private var consumer: (any BodyConsumer)?

    init(_ exchange: Exchange, makeConsumer: @escaping Route.Receiver) {
        self.exchange = exchange
        self.makeConsumer = makeConsumer
    }

    func begin() -> Response? {
        exchange.attempt { consumer = try makeConsumer(try exchange.admit()) }
    }

    func receive(_ bytes: [UInt8]) -> Response? {
        let refusal = exchange.attempt { try consumer?.receive(bytes) }
        if refusal != nil { cancel() }
        return refusal
    }

    func finish() -> Response {
        exchange.answer {
            guard let consumer else { throw Problem(.internalError) }
            do {
                return try consumer.finish()
            } catch {
                cancel()
                throw error
            }
        }
    }

    func cancel() {
        consumer?.cancel()
        consumer = nil
    }
}
