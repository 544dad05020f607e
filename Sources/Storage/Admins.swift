import Domain
import Foundation
import GRDB

public enum Admins {
    public static func insert(_ id: ID<Admin>, name: String, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("INSERT INTO admin (id, name, created_at) VALUES (?, ?, ?)", [id.text, name, now.milliseconds])
    }

    public static func count(in db: Connection) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM admin")) ?? 0
    }

    public static func exists(_ id: ID<Admin>, in db: Connection) throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM admin WHERE id = ?)"), arguments: [id.text])
            ?? false
    }

    /// Keeps the digest of a link that makes one admin; earlier unused links end.
    public static func insertSetupToken(digest: [UInt8], at now: Timestamp, in db: Connection) throws {
        try db.carryOut("DELETE FROM setup_token WHERE used_at IS NULL")
        try db.carryOut("INSERT INTO setup_token (digest, created_at) VALUES (?, ?)", [Data(digest), now.milliseconds])
    }

    /// Marks the token used; false when there is none or it was used before.
    public static func useSetupToken(digest: [UInt8], at now: Timestamp, in db: Connection) throws -> Bool {
        try db.carryOut(
            "UPDATE setup_token SET used_at = ? WHERE digest = ? AND used_at IS NULL", [now.milliseconds, Data(digest)])
        return db.changesCount == 1
    }
}
