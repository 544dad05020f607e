import Crypto
import Domain
import JSON

/// What stands in the log for an audit entry: when and what was done. Who did it to what is hashed under the log's secret; the
/// detail under a salt that can be erased with it.
public struct AuditLeaf {
    /// What the log publishes, as canonical JSON.
    private let headerBytes: [UInt8]

    public static let saltByteCount = 16

    /// - Parameters:
    ///   - detailHash: see `detailHash(_:salt:)`.
    ///   - secret: the log's.
    public init(
        sequence: Int64, at: Timestamp, actor: String, action: String, subject: String, detailHash: [UInt8], secret: [UInt8]
    ) {
        var about = CanonicalObject()
        about.add("actor", actor)
        about.add("sequence", sequence)
        about.add("subject", subject)
        let key = HMACSHA256.code(for: Array("audit-entry\n".utf8) + about.finish(), key: secret)
        var header = CanonicalObject()
        header.add("about", Base64.encodeURL(key))
        header.add("action", action)
        header.add("at", at.rfc3339)
        header.add("detail", Base64.encodeURL(detailHash))
        header.add("sequence", sequence)
        header.add("type", "audit-entry")
        headerBytes = header.finish()
    }

    /// What the log publishes.
    public var header: JSON { JSON(written: headerBytes) }

    /// The leaf's hash in the log.
    public var hash: [UInt8] { MerkleLog.leafHash(headerBytes) }

    public static func detailHash(_ detail: String, salt: [UInt8]) -> [UInt8] { SHA256.hash(salt + Array(detail.utf8)) }
}
