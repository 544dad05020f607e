import Crypto
import Domain
import JSON

/// What stands in the log for an audit entry: when and what was done. Who did it to what is hashed under the log's secret; the
/// detail under a salt that can be erased with it.
public struct AuditLeaf {
    /// What the log publishes.
    public let header: JSON

    public static let saltByteCount = 16

    /// - Parameters:
    ///   - detailHash: see `detailHash(_:salt:)`.
    ///   - secret: the log's.
    public init(
        sequence: Int64, at: Timestamp, actor: String, action: String, subject: String, detailHash: [UInt8], secret: [UInt8]
    ) {
        let about: JSON = ["actor": .string(actor), "sequence": .integer(sequence), "subject": .string(subject)]
        let key = HMACSHA256.code(for: Array("audit-entry\n".utf8) + about.canonicalBytes(), key: secret)
        header = [
            "about": .string(Base64.encodeURL(key)), "action": .string(action), "at": .string(at.rfc3339),
            "detail": .string(Base64.encodeURL(detailHash)), "sequence": .integer(sequence), "type": "audit-entry",
        ]
    }

    /// The leaf's hash in the log.
    public var hash: [UInt8] { MerkleLog.leafHash(header.canonicalBytes()) }

    public static func detailHash(_ detail: String, salt: [UInt8]) -> [UInt8] { SHA256.hash(salt + Array(detail.utf8)) }
}
