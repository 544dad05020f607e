import Foundation
import GRDB
import TestSupport
import Testing

@testable import Storage

@Suite struct FingerprintTests {
    private let temporary = try! TemporaryStore()
    private var store: Store { temporary.store }

    private var findings: [VerificationReport.Finding] {
        get throws { try store.read { db in Fingerprints.verify(in: db) } }
    }

    /// Writes as another program would, which keeps no fingerprints.
    private func damage(_ sql: String) throws {
        let queue = try DatabaseQueue(path: temporary.folder.appending(path: "fairvoice.sqlite3").path)
        try queue.write { db in try db.execute(sql: sql) }
        try queue.close()
    }

    @Test func `whatever the program writes is in step`() throws {
        var chance = SeededRandom(seed: 7)
        #expect(try findings == [])
        for n in 0..<300 {
            let id = "adm_\(Int.random(in: 0..<20, using: &chance))"
            let sql = [
                "INSERT OR REPLACE INTO admin (id, name, created_at) VALUES (?, 'a\(n)', \(n))",
                "INSERT INTO admin (id, name, created_at) VALUES (?, 'b', \(n)) ON CONFLICT (id) DO UPDATE SET name = 'c\(n)'",
                "UPDATE admin SET created_at = created_at + 1 WHERE id = ?", "DELETE FROM admin WHERE id = ?",
            ].randomElement(using: &chance)!
            let isKept = Bool.random(using: &chance)
            try store.write { db in
                try db.execute(sql: "SAVEPOINT one")
                try db.execute(sql: sql, arguments: [id])
                if !isKept { try db.execute(sql: "ROLLBACK TO one") }
                try db.execute(sql: "RELEASE one")
            }
        }
        #expect(try findings == [])
        #expect(try store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM admin")! } > 0)
    }

    @Test(arguments: [
        "UPDATE admin SET name = 'Adb'", "UPDATE admin SET created_at = 2", "DELETE FROM admin",
        "INSERT INTO admin (id, name, created_at) VALUES ('adm_2', 'Eve', 1)",
    ])
    func `a change behind the program's back is found`(sql: String) throws {
        try store.write { db in try db.execute(sql: "INSERT INTO admin (id, name, created_at) VALUES ('adm_1', 'Ada', 1)") }
        #expect(try findings == [])
        try damage(sql)
        #expect(try findings == [.changedRows(table: "admin")])
        // It stays found, whatever is written later.
        try store.write { db in try db.execute(sql: "UPDATE admin SET created_at = 5") }
        #expect(try findings == [.changedRows(table: "admin")])
    }

    @Test func `a rule that is gone is found`() throws {
        try damage("DROP TRIGGER consent_is_kept")
        #expect(try findings == [.changedRows(table: "sqlite_schema")])
    }

    @Test func `a migration is followed by fingerprints of what it left`() throws {
        let folder = temporary.folder.appending(path: "migrated")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let first = Migration(
            name: "1.sql", sql: "CREATE TABLE thing (id INTEGER PRIMARY KEY); INSERT INTO thing VALUES (1), (2)")
        let second = Migration(name: "2.sql", sql: "ALTER TABLE thing ADD COLUMN name TEXT NOT NULL DEFAULT 'none'")
        for migrations in [[first], [first, second]] {
            let store = try Store(folder: folder.path, migrations: migrations)
            #expect(try store.read { db in Fingerprints.verify(in: db) } == [])
            try store.write { db in try db.execute(sql: "INSERT INTO thing (id) VALUES (?)", arguments: [migrations.count + 10]) }
            #expect(try store.read { db in Fingerprints.verify(in: db) } == [])
            try store.close()
        }
    }
}
