import Assets
import GRDB

/// Brings a database up to the schema of this program.
enum Migrations {
    private static let folder = "Migrations/"

    /// The steps compiled into the program, in order.
    static var embedded: [Migration] {
        (0..<fairvoice_asset_count()).compactMap { index -> Migration? in
            let asset = fairvoice_asset_at(index)
            let path = String(cString: asset.path)
            guard path.hasPrefix(folder) else { return nil }
            let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.byte_count)
            return Migration(name: String(path.dropFirst(folder.count)), sql: String(decoding: bytes, as: UTF8.self))
        }
        .sorted { $0.name < $1.name }
    }

    /// Applies what is missing, each step in a transaction of its own.
    ///
    /// - Throws: `StorageError.migrationChanged` or `.migrationUnknown` when the database has a step that this program
    ///   has differently or not at all; nothing is changed then.
    static func apply(_ migrations: [Migration], in db: Connection) throws {
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT")
        let applied = try Row.fetchAll(db, sql: "SELECT name, sha256 FROM migration ORDER BY name")
        for (index, row) in applied.enumerated() {
            let name: String = row["name"]
            guard index < migrations.count, migrations[index].name == name else { throw StorageError.migrationUnknown(name) }
            guard migrations[index].sha256 == row["sha256"] else { throw StorageError.migrationChanged(name) }
        }
        for migration in migrations.dropFirst(applied.count) { try apply(migration, in: db) }
    }

    private static func apply(_ migration: Migration, in db: Connection) throws {
        do {
            try db.inTransaction(.immediate) {
                try db.execute(sql: migration.sql)
                try db.execute(
                    sql: "INSERT INTO migration (name, sha256) VALUES (?, ?)", arguments: [migration.name, migration.sha256])
                return .commit
            }
        } catch let error as DatabaseError {
            throw StorageError.migrationFailed(migration.name, message: error.description)
        }
    }
}
