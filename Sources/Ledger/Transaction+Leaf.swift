import Crypto
import Domain
import JSON

extension Transaction {
    /// The transaction as canonical JSON (RFC 8785): every fact, amounts as decimals in text, nothing that names a person.
    public var canonicalBytes: [UInt8] {
        let legs = postings.map { posting -> JSON in
            [
                "account": .string(posting.account.path.text), "currency": .string(posting.account.currency.code),
                "amount": .string(Decimal6.format(posting.amount)),
            ]
        }
        let document: JSON = [
            "id": .string(id), "kind": .string(kind.rawValue), "occurredAt": .string(occurredAt.rfc3339),
            "description": .string(description), "postings": .array(legs), "idempotencyKey": .string(idempotencyKey),
            "corrects": corrects.map(JSON.string), "metadata": .object(JSONObject(metadata)),
        ]
        return document.canonicalBytes()
    }

    /// The leaf of the log: SHA-256 of a zero byte and the canonical bytes (RFC 9162 section 2.1.1).
    public var leafHash: [UInt8] { SHA256.hash([0] + canonicalBytes) }
}

extension JSONObject {
    /// The metadata of a transaction.
    public init(_ metadata: [String: String]) {
        self.init(members: metadata.map { ($0.key, .string($0.value)) })
    }
}
