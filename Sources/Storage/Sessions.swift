import Domain
import Foundation
import GRDB

/// Sign-ins of the pages.
public enum Sessions {
    public struct Record: Sendable {
        public let id: ID<Session>
        public let csrfToken: String
        public let key: AccessKey
        public let expiresAt: Timestamp
    }

    public static func insert(
        _ id: ID<Session>, digest: [UInt8], csrfToken: String, key: ID<AccessKey>, at now: Timestamp,
        expiresAt: Timestamp, in db: Connection
    ) throws {
        try db.carryOut(
            """
            INSERT INTO session (id, digest, csrf_token, access_key, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
            """, [id.text, Data(digest), csrfToken, key.text, now.milliseconds, expiresAt.milliseconds])
    }

    /// The open session of this digest, with its key.
    public static func find(digest: [UInt8], at now: Timestamp, in db: Connection) throws -> Record? {
        let sql = "SELECT * FROM session WHERE digest = ? AND ended_at IS NULL AND expires_at > ?"
        guard let row = try db.row(sql, [Data(digest), now.milliseconds]),
            let key = try AccessKeys.find(row.id("access_key"), in: db), key.revokedAt == nil
        else { return nil }
        return Record(id: row.id("id"), csrfToken: row["csrf_token"], key: key, expiresAt: row.time("expires_at"))
    }

    public static func end(_ id: ID<Session>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL", [now.milliseconds, id.text])
    }
}
