import HTTP

/// Takes a body as it arrives, inside a route. Calls come one at a time, on the blocking pool.
public protocol BodyConsumer: AnyObject, Sendable {
    /// Some more bytes. An error ends the exchange and is answered; `cancel` follows.
    func receive(_ bytes: [UInt8]) throws
    /// The body is complete. An error is answered; `cancel` follows.
    func finish() throws -> Response
    /// The body will never be complete, or was refused. Nothing may be left behind.
    func cancel()
}
