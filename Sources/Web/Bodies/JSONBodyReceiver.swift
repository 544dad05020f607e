import Crypto
import HTTP
import JSON

/// Collects a JSON body, checks it and hands it to the handler.
final class JSONBodyReceiver: BodyReceiver, @unchecked Sendable {
    // Unchecked: the server makes the calls of a receiver one at a time and in order.
    private let exchange: Exchange
    private let schema: Schema
    private let handler: Route.Handler
    private var call: Call?
    private var bytes: [UInt8] = []

    init(_ exchange: Exchange, schema: Schema, handler: @escaping Route.Handler) {
        self.exchange = exchange
        self.schema = schema
        self.handler = handler
    }

    func begin() -> Response? {
        exchange.attempt { call = try exchange.admit() }
    }

    func receive(_ bytes: [UInt8]) -> Response? {
        self.bytes += bytes
        return nil
    }

    func finish() -> Response {
        exchange.answer {
            guard var call else { throw Problem(.internalError) }
            let digest = SHA256.hash(bytes)
            try ContentDigestCheck.check(digest, against: exchange.request)
            call.claim = call.claim(bodySHA256: digest)
            return try exchange.unlessRepeated(call) {
                call.body = try body()
                return try handler(call)
            }
        }
    }

    func cancel() { bytes = [] }

    private func body() throws(Problem) -> JSON {
        if bytes.isEmpty {
            guard exchange.route.body.isRequired else { return .null }
            throw Problem(.malformedJSON, "A JSON body is needed.")
        }
        let json: JSON
        do throws(JSONError) { json = try JSON.parse(bytes) } catch { throw Problem(.malformedJSON, "The body has \(error).") }
        if let errors = FieldErrors(schema.errors(in: json)) { throw Problem(errors) }
        return json
    }
}
