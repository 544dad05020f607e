import Assets
import Crypto
import GRDB

/// One step of the schema: a file of `Migrations/`, compiled in. Once shipped it is never edited.
struct Migration {
    let name: String
    let sql: String

    private var sha256: String { Hex.encode(SHA256.hash(Array(sql.utf8))) }

    /// All, in order.
    static let embedded: [Migration] = (0..<fairvoice_asset_count()).compactMap { index in
        let asset = fairvoice_asset_at(index)
        let path = String(cString: asset.path)
        guard path.hasPrefix("Migrations/"), let bytes = asset.bytes else { return nil }
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: asset.byte_count), as: UTF8.self)
        return Migration(name: String(path.dropFirst("Migrations/".count)), sql: text)
    }.sorted { $0.name < $1.name }

    /// Applies the step in a transaction of its own, or checks that what was applied is what stands here.
    func applyIfMissing(to db: Database) throws {
        try db.execute(
            sql: "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID")
        try db.inTransaction(.immediate) {
            if let applied = try String.fetchOne(db, sql: "SELECT sha256 FROM migration WHERE name = ?", arguments: [name]) {
                guard applied == sha256 else { throw StorageError.migrationChanged(name) }
                return .commit
            }
            try db.execute(sql: sql)
            try db.execute(sql: "INSERT INTO migration (name, sha256) VALUES (?, ?)", arguments: [name, sha256])
            return .commit
        }
    }

    /// Refuses a folder that a newer version has migrated.
    static func refuseUnknown(in db: Database) throws {
        let known = Set(embedded.map(\.name))
        for name in try String.fetchAll(db, sql: "SELECT name FROM migration ORDER BY name") where !known.contains(name) {
            throw StorageError.migrationUnknown(name)
        }
    }
}
