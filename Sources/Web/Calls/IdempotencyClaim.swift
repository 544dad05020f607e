import HTTP

/// What makes the repetition of a request recognisable.
public struct IdempotencyClaim: Sendable, Hashable {
    /// The id of who calls.
    public var principal: String
    /// The value of `Idempotency-Key`.
    public var key: String
    /// Method and target.
    public var operation: String
    /// SHA-256 of the body as it came.
    public var bodySHA256: [UInt8]

    public init(principal: String, key: String, operation: String, bodySHA256: [UInt8]) {
        self.principal = principal
        self.key = key
        self.operation = operation
        self.bodySHA256 = bodySHA256
    }
}

extension Call {
    /// The claim of this request with a body of this digest; nil where the client sent no key, or the route takes none. For
    /// streamed bodies, whose digest is known at their end; elsewhere `claim` holds it.
    public func claim(bodySHA256: [UInt8]) -> IdempotencyClaim? {
        header.string("Idempotency-Key").map { key in
            IdempotencyClaim(
                principal: caller?.owner ?? "anyone", key: key, operation: "\(request.method) \(request.target)",
                bodySHA256: bodySHA256)
        }
    }
}
