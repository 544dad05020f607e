import Crypto
import Foundation
import GRDB
import Ledger

/// Grows the log again from what its leaves stand for, and compares leaves, subtrees and signed heads.
struct LogVerifier {
    let db: Connection
    /// Hashes of the transactions' leaves by their sequence, as the books give them now; damaged ones are left out.
    let transactions: [Int64: [UInt8]]
    private(set) var findings: [VerificationReport.Finding] = []
    private(set) var leafCount: Int64 = 0

    private var keys: [VerifierKey] = []
    private var heads: [Int64: LogHeads.Record] = [:]

    init(_ db: Connection, transactions: [Int64: [UInt8]]) {
        self.db = db
        self.transactions = transactions
    }

    mutating func run() throws {
        try loadHeads()
        let entries = try entries()
        var frontier = MerkleFrontier()
        var logged: Set<Log.Entry> = []
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM log_leaf NOT INDEXED ORDER BY position")
        while let row = try rows.next() {
            let position: Int64 = try row.value("position")
            if position != leafCount {
                findings.append(.gapInLog(position: leafCount))
                return
            }
            let nodes = [UInt8](try row.value("nodes") as Data)
            let entry = try Self.entry(row)
            logged.insert(entry)
            if let hash = expected(entry, entries), hash != Array(nodes.prefix(32)) {
                findings.append(.wrongLeaf(position: position))
            }
            // What follows is held against the tree that was published.
            if frontier.append(Array(nodes.prefix(32))).flatMap({ $0 }) != nodes {
                findings.append(.wrongNodes(position: position))
            }
            leafCount += 1
            if let head = heads.removeValue(forKey: leafCount), head.root != frontier.root {
                findings.append(.wrongHead(size: leafCount))
            }
        }
        findings += heads.keys.sorted().map { .wrongHead(size: $0) }
        if let newest = try LogHeads.newest(in: db), newest.size < leafCount { findings.append(.uncovered(size: newest.size)) }
        let missing =
            transactions.keys.map { Log.Entry.transaction($0) }
            + entries.keys.map { .auditEntry($0) }
        findings += Set(missing).subtracting(logged).map { .unlogged($0) }
    }

    /// Every head is signed by a key that was published, over the size and root of its row.
    private mutating func loadHeads() throws {
        let origin = try Log(db).origin()
        for row in try Row.fetchAll(db, sql: "SELECT public_key FROM signing_key") {
            if let key = Ed25519.PublicKey(bytes: [UInt8](try row.value("public_key") as Data)) {
                keys.append(VerifierKey(name: origin, publicKey: key))
            }
        }
        for row in try Row.fetchAll(db, sql: "SELECT * FROM log_head NOT INDEXED ORDER BY size") {
            let head = try LogHeads.read(row)
            let signed = try? Checkpoint(note: head.note, keys: keys)
            if signed != Checkpoint(origin: origin, size: head.size, root: head.root) {
                findings.append(.wrongHead(size: head.size))
            } else {
                heads[head.size] = head
            }
        }
    }

    /// Hashes of the audit entries' leaves by their sequence. An entry whose detail was erased is still held by its hash.
    private mutating func entries() throws -> [Int64: [UInt8]] {
        var hashes: [Int64: [UInt8]] = [:]
        let secret = try Log(db).secret()
        for entry in try AuditLog.all(in: db) {
            let isAsHashed = entry.salt.map { AuditLeaf.detailHash(entry.detail, salt: $0) == entry.detailHash }
            if !(isAsHashed ?? entry.detail.isEmpty) { findings.append(.wrongDetail(entry: entry.sequence)) }
            hashes[entry.sequence] = Log.leaf(of: entry, secret: secret).hash
        }
        return hashes
    }

    private func expected(_ entry: Log.Entry, _ entries: [Int64: [UInt8]]) -> [UInt8]? {
        switch entry {
        case .transaction(let sequence): transactions[sequence]
        case .auditEntry(let sequence): entries[sequence]
        }
    }

    private static func entry(_ row: Row) throws -> Log.Entry {
        if let sequence = try row.optionalValue("txn") as Int64? { return .transaction(sequence) }
        return .auditEntry(try row.value("audit_entry"))
    }
}
