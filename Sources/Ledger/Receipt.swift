import Crypto
import JSON

/// The proof that a transaction is in the log, with the parts of it that concern one person. It is checked off-line, with
/// the log's verifier key and nothing else.
public struct Receipt: Sendable {
    /// What concerns one account.
    public struct Part: Sendable {
        /// Place in the transaction's little tree.
        public let index: Int64
        /// Account, amounts (a debit is positive), metadata and salt.
        public let content: JSON
        /// To the root in the header, nearest sibling first.
        public let path: [[UInt8]]

        public init(index: Int64, content: JSON, path: [[UInt8]]) {
            self.index = index
            self.content = content
            self.path = path
        }
    }

    /// The transaction's header: its canonical bytes are the leaf.
    public let leaf: JSON
    /// The leaf's place in the log, from 0.
    public let index: Int64
    /// From the leaf to the root of the head, nearest sibling first.
    public let path: [[UInt8]]
    /// At least one.
    public let parts: [Part]
    /// The head as a signed note.
    public let checkpoint: String

    public init(leaf: JSON, index: Int64, path: [[UInt8]], parts: [Part], checkpoint: String) {
        self.leaf = leaf
        self.index = index
        self.path = path
        self.parts = parts
        self.checkpoint = checkpoint
    }

    /// Checks everything: the head's signature, the leaf's place in the log, and the parts' places in the transaction.
    ///
    /// - Returns: the head that it proves inclusion in.
    public func verify(keys: [VerifierKey]) throws(ReceiptError) -> Checkpoint {
        let head = try Checkpoint(note: checkpoint, keys: keys)
        guard !parts.isEmpty else { throw .empty }
        guard leaf["type"] == "transaction", let count = leaf["parts"]?.asInteger,
            let root = leaf["root"]?.asString.flatMap({ Base64.decodeURL($0) })
        else { throw .malformed("the leaf is no header of a transaction") }
        for part in parts {
            let hash = MerkleLog.leafHash(part.content.canonicalBytes())
            guard MerkleLog.isIncluded(hash, at: part.index, size: count, path: part.path, root: root) else {
                throw .strangePart(part.index)
            }
        }
        let hash = MerkleLog.leafHash(leaf.canonicalBytes())
        guard MerkleLog.isIncluded(hash, at: index, size: head.size, path: path, root: head.root) else { throw .notIncluded }
        return head
    }
}

extension Receipt {
    public var json: JSON {
        [
            "leaf": leaf, "index": .integer(index), "path": .string(MerklePath.text(path)),
            "parts": .array(
                parts.map { ["part": $0.content, "index": .integer($0.index), "path": .string(MerklePath.text($0.path))] }),
            "checkpoint": .string(checkpoint),
        ]
    }

    /// Reads what `json` writes.
    public init(json: JSON) throws(ReceiptError) {
        guard let leaf = json["leaf"], leaf.asObject != nil, let index = json["index"]?.asInteger,
            let path = json["path"]?.asString.flatMap(MerklePath.init(text:)), let list = json["parts"]?.asArray,
            let checkpoint = json["checkpoint"]?.asString
        else { throw .malformed("this is no receipt") }
        var parts: [Part] = []
        for item in list {
            guard let content = item["part"], content.asObject != nil, let index = item["index"]?.asInteger,
                let path = item["path"]?.asString.flatMap(MerklePath.init(text:))
            else { throw .malformed("a part of the receipt can't be read") }
            parts.append(Part(index: index, content: content, path: path.hashes))
        }
        self.init(leaf: leaf, index: index, path: path.hashes, parts: parts, checkpoint: checkpoint)
    }
}
