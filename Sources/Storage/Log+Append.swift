import Crypto
import Domain
import GRDB
import Ledger

extension Log {
    /// Adds a transaction that has just been sealed, in the same change; `hash` is its `leafHash`.
    func append(_ transaction: Transaction, _ hash: [UInt8], sequence: Int64) throws {
        try append(txn: sequence, auditEntry: nil) { TransactionLeaf(transaction, hash, secret: $0).hash }
    }

    /// Adds an audit entry that has just been written, in the same change.
    func append(_ entry: AuditLog.Record) throws {
        try append(txn: nil, auditEntry: entry.sequence) { Self.leaf(of: entry, secret: $0).hash }
    }

    static func leaf(of entry: AuditLog.Record, secret: [UInt8]) -> AuditLeaf {
        AuditLeaf(
            sequence: entry.sequence, at: entry.at, actor: entry.actor, action: entry.action, subject: entry.subject,
            detailHash: entry.detailHash, secret: secret)
    }

    /// Writes a leaf with the full subtrees that it completes.
    private func append(txn: Int64?, auditEntry: Int64?, leaf: ([UInt8]) -> [UInt8]) throws {
        var tail = try LogTail.take(in: self)
        let position = tail.frontier.size
        let nodes = tail.append(leaf(tail.secret))
        try db.run(
            "INSERT INTO log_leaf (position, txn, audit_entry, nodes) VALUES (?, ?, ?, ?)", Bound(position),
            txn.map { Bound($0) } ?? .null, auditEntry.map { Bound($0) } ?? .null, Bound(nodes))
        tail.keep()
    }

    /// Gives a new data folder's log its name and secret, and fills the log of a folder that is older than it: transactions
    /// first, then audit entries, each in their order.
    func prepare() throws {
        if try !db.has("SELECT 1 FROM log_origin") {
            let name = "fairvoice/\(Hex.encode(SecureRandom.bytes(Self.nameByteCount)))"
            try db.run(
                "INSERT INTO log_origin (id, name, secret) VALUES (1, ?, ?)", Bound(name),
                Bound(SecureRandom.bytes(Self.secretByteCount)))
        }
        guard try size() == 0 else { return }
        var after: Int64 = 0
        var page: Page<Books.Logged>
        repeat {
            page = try Books(db).transactions(after: after, limit: Self.pageLength)
            for logged in page.rows { try append(logged.transaction, logged.transaction.leafHash, sequence: logged.sequence) }
            after = page.rows.last?.sequence ?? after
        } while page.hasMore
        try AuditLog.saltAll(in: db)
        for entry in try AuditLog.all(in: db) { try append(entry) }
    }

    private static let nameByteCount = 6
    private static let secretByteCount = 32
    private static let pageLength = 1000
}
