import Domain
import GRDB

/// What admins did, for ever.
public enum AuditLog {
    public struct Record: Sendable {
        public let sequence: Int64
        public let at: Timestamp
        public let actor: String
        public let action: String
        public let subject: String
        public let detail: String
    }

    public static func append(
        actor: String, action: String, subject: String, detail: String = "", at now: Timestamp, in db: Connection
    ) throws {
        try db.run(
            "INSERT INTO audit_entry (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            Bound(now.milliseconds), Bound(actor), Bound(action), Bound(subject), Bound(detail))
    }

    /// Oldest first; `after` is a sequence.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Record> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ?",
            arguments: [page.after.flatMap { Int64($0) } ?? 0, page.limit + 1])
        let records = rows.map {
            Record(
                sequence: $0["sequence"], at: $0.time("at"), actor: $0["actor"], action: $0["action"],
                subject: $0["subject"], detail: $0["detail"])
        }
        return Page(records, limit: page.limit)
    }
}
