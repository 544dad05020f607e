import Crypto
import Domain
import JSON

/// What stands in the log for a transaction: a small header with the root of a little tree over its parts. The first part is
/// the transaction whole, hashed under a secret; then comes one part an account, each under a salt of its own. So a receipt
/// shows an account's part alone, and nobody can guess the others.
public struct TransactionLeaf {
    /// What the log publishes, as canonical JSON.
    private let headerBytes: [UInt8]
    /// The paths of the accounts, and what the leaf says of each as canonical JSON.
    private let parts: [(account: String, bytes: [UInt8])]
    private let tree: MerkleTree

    private static let saltByteCount = 16

    /// - Parameter secret: the log's; the same transaction gives the same leaf.
    public init(_ transaction: Transaction, secret: [UInt8]) {
        self.init(transaction, transaction.leafHash, secret: secret)
    }

    /// For a caller that has the transaction's `leafHash` already.
    package init(_ transaction: Transaction, _ leafHash: [UInt8], secret: [UInt8]) {
        let key = HMACSHA256.code(for: Array("transaction\n\(transaction.id)".utf8), key: secret)
        var amounts: [(account: AccountPath, amounts: [String])] = []
        var places: [AccountPath: Int] = [:]
        for posting in transaction.postings {
            let amount = Decimal6.format(posting.amount)
            if let place = places[posting.account.path] {
                amounts[place].amounts.append(amount)
            } else {
                places[posting.account.path] = amounts.count
                amounts.append((posting.account.path, [amount]))
            }
        }
        parts = amounts.enumerated().map { index, leg in
            let salt = SHA256.hash(key + Array("\(index)".utf8)).prefix(Self.saltByteCount)
            var part = CanonicalObject()
            part.add("account", leg.account.text)
            part.add("amounts", leg.amounts)
            part.add("metadata", transaction.metadata)
            part.add("salt", Base64.encodeURL(Array(salt)))
            return (leg.account.text, part.finish())
        }
        let whole = MerkleLog.leafHash(key + leafHash)
        tree = MerkleTree([whole] + parts.map { MerkleLog.leafHash($0.bytes) })
        var header = CanonicalObject()
        header.add("at", transaction.occurredAt.rfc3339)
        header.add("currency", transaction.currency.code)
        header.add("id", transaction.id)
        header.add("kind", transaction.kind.rawValue)
        header.add("parts", tree.size)
        header.add("root", Base64.encodeURL(tree.root))
        header.add("type", "transaction")
        headerBytes = header.finish()
    }

    /// What the log publishes.
    public var header: JSON { JSON(written: headerBytes) }

    /// The leaf's hash in the log.
    public var hash: [UInt8] { MerkleLog.leafHash(headerBytes) }

    /// The parts of some accounts, each with its path to the header's root.
    public func parts(of isShown: (String) -> Bool) -> [Receipt.Part] {
        parts.enumerated().filter { isShown($0.element.account) }.map { place, part in
            Receipt.Part(index: Int64(place + 1), content: JSON(written: part.bytes), path: tree.path(of: Int64(place + 1)))
        }
    }
}

extension JSON {
    /// Reads what a `CanonicalObject` has written.
    init(written bytes: [UInt8]) {
        guard let value = try? JSON.parse(bytes, limits: .trusted) else { preconditionFailure("canonical JSON can't be read") }
        self = value
    }
}
