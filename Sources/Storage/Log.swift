import Foundation
import GRDB
import Ledger

/// The transparency log, seen through one connection of a `Store`. Leaves are counted from 0.
public struct Log {
    let db: Connection

    public init(_ db: Connection) { self.db = db }

    /// What a leaf stands for.
    public enum Entry: Hashable, Sendable {
        /// The sequence of a transaction.
        case transaction(Int64)
        /// The sequence of an audit entry.
        case auditEntry(Int64)
    }

    /// The log's name and the secret that salts what its leaves hide.
    struct Origin {
        let name: String
        let secret: [UInt8]
    }

    /// Number of leaves.
    public func size() throws -> Int64 { try db.integer("SELECT coalesce(max(position), -1) + 1 FROM log_leaf")! }

    /// The log's name in heads and in its verifier key.
    public func origin() throws -> String {
        guard let name = try db.text("SELECT name FROM log_origin") else { throw StorageError.corrupt("the log has no name") }
        return name
    }

    func secret() throws -> [UInt8] {
        guard let secret = try db.bytes("SELECT secret FROM log_origin") else {
            throw StorageError.corrupt("the log has no secret")
        }
        return secret
    }

    /// The root of the first `size` leaves.
    public func root(size: Int64) throws -> [UInt8] { try MerkleLog.root(size: size, nodes: node) }

    /// From a leaf to the root of the first `size` leaves: reads about as many rows as the path is long.
    public func inclusionPath(of index: Int64, size: Int64) throws -> [[UInt8]] {
        try MerkleLog.inclusionPath(of: index, size: size, nodes: node)
    }

    /// What shows that the first `second` leaves begin with the first `first` ones.
    public func consistencyPath(first: Int64, second: Int64) throws -> [[UInt8]] {
        try MerkleLog.consistencyPath(first: first, second: second, nodes: node)
    }

    /// The place of a transaction, by its sequence; nil for one that is not in the books.
    public func position(ofTransaction sequence: Int64) throws -> Int64? {
        try db.integer("SELECT position FROM log_leaf WHERE txn = ?", Bound(sequence))
    }

    /// What the leaf at a place stands for; nil beyond the end.
    public func entry(at index: Int64) throws -> Entry? {
        guard let row = try db.row("SELECT txn, audit_entry FROM log_leaf WHERE position = ?", [index]) else { return nil }
        if let sequence = try row.optionalValue("txn") as Int64? { return .transaction(sequence) }
        return .auditEntry(try row.value("audit_entry"))
    }

    /// The hash of a full subtree: it stands in the row of the leaf that made it full.
    func node(_ node: MerkleLog.Node) throws -> [UInt8] {
        let hash = try db.bytes(
            "SELECT substr(nodes, ?, 32) FROM log_leaf WHERE position = ?", Bound(node.level * 32 + 1), Bound(node.lastLeaf))
        guard let hash, hash.count == 32 else {
            throw StorageError.corrupt("the log lacks node \(node.index) of level \(node.level)")
        }
        return hash
    }
}
