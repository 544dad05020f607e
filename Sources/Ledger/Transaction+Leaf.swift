import Crypto
import Domain
import JSON

extension Transaction {
    /// The transaction as canonical JSON (RFC 8785): every fact, amounts as decimals in text, nothing that names a person.
    public var canonicalBytes: [UInt8] {
        var document = CanonicalObject()
        if let corrects { document.add("corrects", corrects) }
        document.add("description", description)
        document.add("id", id)
        document.add("idempotencyKey", idempotencyKey)
        document.add("kind", kind.rawValue)
        document.add("metadata", metadata)
        document.add("occurredAt", occurredAt.rfc3339)
        document.add("postings", postings.map(\.canonicalBytes))
        return document.finish()
    }

    /// The leaf of the log: SHA-256 of a zero byte and the canonical bytes (RFC 9162 section 2.1.1).
    public var leafHash: [UInt8] { SHA256.hash([0] + canonicalBytes) }
}

extension Posting {
    fileprivate var canonicalBytes: [UInt8] {
        var leg = CanonicalObject()
        leg.add("account", account.path.text)
        leg.add("amount", Decimal6.format(amount))
        leg.add("currency", account.currency.code)
        return leg.finish()
    }
}

extension JSONObject {
    /// The metadata of a transaction.
    public init(_ metadata: [String: String]) {
        self.init(members: metadata.map { ($0.key, .string($0.value)) })
    }
}
