import Crypto
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
