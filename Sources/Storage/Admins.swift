import Domain
import Foundation
import GRDB

public enum Admins {
    public static func insert(_ id: ID<Admin>, name: String, at now: Timestamp, in db: Connection) throws {
        try db.execute(
            sql: "INSERT INTO admin (id, name, created_at) VALUES (?, ?, ?)", arguments: [id.text, name, now.milliseconds])
    }

    public static func count(in db: Connection) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM admin") ?? 0
    }

    /// Keeps the digest of a link that makes one admin; earlier unused links end.
    public static func insertSetupToken(digest: [UInt8], at now: Timestamp, in db: Connection) throws {
        try db.execute(sql: "DELETE FROM setup_token WHERE used_at IS NULL")
        try db.execute(
            sql: "INSERT INTO setup_token (digest, created_at) VALUES (?, ?)", arguments: [Data(digest), now.milliseconds])
    }

    /// Marks the token used; false when there is none or it was used before.
    public static func useSetupToken(digest: [UInt8], at now: Timestamp, in db: Connection) throws -> Bool {
        try db.execute(
            sql: "UPDATE setup_token SET used_at = ? WHERE digest = ? AND used_at IS NULL",
            arguments: [now.milliseconds, Data(digest)])
        return db.changesCount == 1
    }
}
