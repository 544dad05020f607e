import Crypto
import Domain
import JSON

/// What stands in the log for a transaction: a small header with the root of a little tree over its parts. The first part is
/// the transaction whole, hashed under a secret; then comes one part an account, each under a salt of its own. So a receipt
/// shows an account's part alone, and nobody can guess the others.
public struct TransactionLeaf {
    /// What the log publishes.
    public let header: JSON
    private let parts: [JSON]
    private let tree: MerkleTree

    private static let saltByteCount = 16

    /// - Parameter secret: the log's; the same transaction gives the same leaf.
    public init(_ transaction: Transaction, secret: [UInt8]) {
        self.init(transaction, transaction.leafHash, secret: secret)
    }

    /// For a caller that has the transaction's `leafHash` already.
    package init(_ transaction: Transaction, _ leafHash: [UInt8], secret: [UInt8]) {
        let key = HMACSHA256.code(for: "transaction\n\(transaction.id)".utf8, key: secret)
        var amounts: [AccountPath: [JSON]] = [:]
        var paths: [AccountPath] = []
        for posting in transaction.postings {
            if amounts[posting.account.path] == nil { paths.append(posting.account.path) }
            amounts[posting.account.path, default: []].append(.string(Decimal6.format(posting.amount)))
        }
        let metadata = JSON.object(JSONObject(transaction.metadata))
        parts = paths.enumerated().map { index, path in
            [
                "account": .string(path.text), "amounts": .array(amounts[path] ?? []), "metadata": metadata,
                "salt": .string(Base64.encodeURL(Array(SHA256.hash(key + Array("\(index)".utf8)).prefix(Self.saltByteCount)))),
            ]
        }
        let whole = MerkleLog.leafHash(key + leafHash)
        tree = MerkleTree([whole] + parts.map { MerkleLog.leafHash($0.canonicalBytes()) })
        header = [
            "at": .string(transaction.occurredAt.rfc3339), "currency": .string(transaction.currency.code),
            "id": .string(transaction.id), "kind": .string(transaction.kind.rawValue), "parts": .integer(tree.size),
            "root": .string(Base64.encodeURL(tree.root)), "type": "transaction",
        ]
    }

    /// The leaf's hash in the log.
    public var hash: [UInt8] { MerkleLog.leafHash(header.canonicalBytes()) }

    /// The parts of some accounts, each with its path to the header's root.
    public func parts(of isShown: (String) -> Bool) -> [Receipt.Part] {
        parts.enumerated().filter { isShown($0.element["account"]?.asString ?? "") }.map { place, part in
            Receipt.Part(index: Int64(place + 1), content: part, path: tree.path(of: Int64(place + 1)))
        }
    }
}
