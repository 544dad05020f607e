import Crypto
import Domain
import Foundation
import GRDB
import Ledger

/// What admins did, for ever. Each entry is a leaf of the transparency log.
public enum AuditLog {
    public struct Record: Sendable {
        public let sequence: Int64
        public let at: Timestamp
        public let actor: String
        public let action: String
        public let subject: String
        /// Empty once it is erased.
        public let detail: String
        /// Hides the detail in the log; nil once it is erased.
        let salt: [UInt8]?
        let detailHash: [UInt8]
    }

    public static func append(
        actor: String, action: String, subject: String, detail: String = "", at now: Timestamp, in db: Connection
    ) throws {
        let salt = SecureRandom.bytes(AuditLeaf.saltByteCount)
        let hash = AuditLeaf.detailHash(detail, salt: salt)
        try db.run(
            "INSERT INTO audit_entry (at, actor, action, subject, detail, salt, detail_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            Bound(now.milliseconds), Bound(actor), Bound(action), Bound(subject), Bound(detail), Bound(salt), Bound(hash))
        try Log(db).append(
            Record(
                sequence: db.lastInsertedRowID, at: now, actor: actor, action: action, subject: subject, detail: detail,
                salt: salt, detailHash: hash))
    }

    /// Erases what an entry says in detail. The log stays valid: it holds a hash under a salt that is erased too.
    public static func eraseDetail(of sequence: Int64, in db: Connection) throws {
        try db.run("UPDATE audit_entry SET detail = '', salt = NULL WHERE sequence = ?", Bound(sequence))
    }

    /// Oldest first; `after` is a sequence.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Record> {
        let rows = try db.rows(
            "SELECT * FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ?",
            [page.after.flatMap { Int64($0) } ?? 0, page.limit + 1])
        return Page(try rows.map(read), limit: page.limit)
    }

    /// The newest entry of an action. Looks from the newest on: for what is asked seldom.
    public static func newest(of action: String, in db: Connection) throws -> Record? {
        try db.row("SELECT * FROM audit_entry WHERE action = ? ORDER BY sequence DESC LIMIT 1", [action]).map(read)
    }

    static func find(_ sequence: Int64, in db: Connection) throws -> Record? {
        try db.row("SELECT * FROM audit_entry WHERE sequence = ?", [sequence]).map(read)
    }

    static func all(in db: Connection) throws -> [Record] {
        try db.rows("SELECT * FROM audit_entry ORDER BY sequence").map(read)
    }

    /// Salts the entries that are older than the log.
    static func saltAll(in db: Connection) throws {
        for row in try db.rows("SELECT sequence, detail FROM audit_entry WHERE detail_hash IS NULL") {
            let salt = SecureRandom.bytes(AuditLeaf.saltByteCount)
            let hash = AuditLeaf.detailHash(try row.value("detail"), salt: salt)
            try db.run(
                "UPDATE audit_entry SET salt = ?, detail_hash = ? WHERE sequence = ?", Bound(salt), Bound(hash),
                Bound(try row.value("sequence") as Int64))
        }
    }

    private static func read(_ row: Row) throws -> Record {
        Record(
            sequence: try row.value("sequence"), at: Timestamp(milliseconds: try row.value("at")), actor: try row.value("actor"),
            action: try row.value("action"), subject: try row.value("subject"), detail: try row.value("detail"),
            salt: (try row.optionalValue("salt") as Data?).map { [UInt8]($0) },
            detailHash: [UInt8](try row.value("detail_hash") as Data))
    }
}
