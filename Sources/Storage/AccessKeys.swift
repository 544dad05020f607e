import Domain
import Foundation
import GRDB

public enum AccessKeys {
    public static func insert(_ key: AccessKey, digest: [UInt8], in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO access_key (id, role, owner, prefix, digest, label, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                key.id.text, key.role.rawValue, key.owner, key.prefix, Data(digest), key.label, key.createdAt.milliseconds,
            ])
    }

    /// The key of this digest, revoked or not.
    public static func find(digest: [UInt8], in db: Connection) throws -> AccessKey? {
        try db.row("SELECT * FROM access_key WHERE digest = ?", [Data(digest)]).map(read)
    }

    public static func find(_ id: ID<AccessKey>, in db: Connection) throws -> AccessKey? {
        try db.row("SELECT * FROM access_key WHERE id = ?", [id.text]).map(read)
    }

    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<AccessKey> {
        let rows = try db.rows("SELECT * FROM access_key WHERE id > ? ORDER BY id LIMIT ?", [page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// False when it was revoked before.
    public static func revoke(_ id: ID<AccessKey>, at now: Timestamp, in db: Connection) throws -> Bool {
        try db.carryOut("UPDATE access_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", [now.milliseconds, id.text])
        return db.changesCount == 1
    }

    private static func read(_ row: Row) -> AccessKey {
        AccessKey(
            id: row.id("id"), role: row.word("role"), owner: row["owner"], prefix: row["prefix"], label: row["label"],
            createdAt: row.time("created_at"), lastUsedAt: row.optionalTime("last_used_at"),
            revokedAt: row.optionalTime("revoked_at"))
    }
}
