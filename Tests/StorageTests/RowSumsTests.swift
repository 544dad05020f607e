import Foundation
import GRDB
import TestSupport
import Testing

@testable import Storage

struct RowSumsTests {
    private static let schema = Migration(
        name: "9000_things.sql",
        sql: """
            CREATE TABLE thing (id TEXT PRIMARY KEY, a INTEGER, b REAL, c BLOB, "odd name" TEXT) STRICT, WITHOUT ROWID;
            CREATE TABLE other (id INTEGER PRIMARY KEY, text TEXT) STRICT;
            """)
    private static let more = Migration(
        name: "9001_more.sql", sql: "ALTER TABLE thing ADD COLUMN d TEXT NOT NULL DEFAULT 'x'; CREATE TABLE third (z ANY) STRICT;"
    )

    private func open() throws -> TemporaryStore { try TemporaryStore(migrations: Migrations.embedded + [Self.schema]) }

    private func damages(_ store: Store) throws -> [String] {
        try store.read { db in try RowSums.damages(in: db).map(\.table) }
    }

    /// Random inserts, changes and removals, of which some are rolled back: the sums are always those of the rows.
    @Test func sumsFollowEveryChange() throws {
        let temporary = try open()
        var random = SeededRandom(seed: 0x5EED_0050)
        struct Stop: Error {}
        for _ in 0..<400 {
            let id = Int.random(in: 0..<40, using: &random)
            let value = Int.random(in: -3...3, using: &random)
            let fails = Int.random(in: 0..<5, using: &random) == 0
            let sql = [
                "INSERT INTO thing VALUES ('\(id)', \(value), \(value).5, x'0\(abs(value))', NULL) ON CONFLICT DO NOTHING",
                "INSERT INTO thing VALUES ('\(id)', \(value), 1.5, NULL, 'é') ON CONFLICT (id) DO UPDATE SET a = excluded.a",
                "UPDATE thing SET \"odd name\" = 'n\(value)' WHERE a = \(value)", "DELETE FROM thing WHERE id = '\(id)'",
                "INSERT INTO other (text) VALUES ('\(value)')", "UPDATE other SET id = id + 1000 WHERE id = \(id)",
            ].randomElement(using: &random)!
            try? temporary.store.write { db in
                try db.execute(sql: sql)
                if fails { throw Stop() }
            }
        }
        #expect(try damages(temporary.store).isEmpty)
        let counts = try temporary.store.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM thing"),
                try Int.fetchOne(db, sql: "SELECT row_count FROM row_sum WHERE name = 'thing'")
            )
        }
        #expect(counts.0 == counts.1 && counts.0! > 5)
    }

    @Test(arguments: [
        "UPDATE thing SET a = a + 1 WHERE id = '1'", "UPDATE thing SET b = b + 0.5", "UPDATE thing SET c = x'01'",
        "UPDATE thing SET a = NULL WHERE id = '2'", "DELETE FROM thing WHERE id = '1'", "UPDATE thing SET \"odd name\" = 'O'",
        "UPDATE thing SET id = '3' WHERE id = '2'", "INSERT INTO thing (id) VALUES ('9')",
        // Two rows that exchange a value.
        "UPDATE thing SET a = 3 - a",
    ]) func whatOthersChangeIsFound(_ sql: String) throws {
        let temporary = try open()
        try temporary.store.write { db in
            try db.execute(sql: "INSERT INTO thing VALUES ('1', 1, 0.5, x'00', 'o'), ('2', 2, 0.5, x'00', 'o')")
        }
        #expect(try damages(temporary.store).isEmpty)
        try RawFile.change(temporary.folder, sql)
        #expect(try damages(temporary.store) == ["thing"])
        // What the program writes afterwards does not hide it.
        try temporary.store.write { db in try db.execute(sql: "UPDATE thing SET a = 7") }
        #expect(try damages(temporary.store) == ["thing"])
    }

    /// A migration changes columns and tables: sums go on, and damage done before it stays found.
    @Test(arguments: [false, true]) func migrationsAreFollowed(isDamaged: Bool) throws {
        let temporary = try open()
        try temporary.store.write { db in try db.execute(sql: "INSERT INTO thing VALUES ('1', 1, 0.5, x'00', 'o')") }
        if isDamaged { try RawFile.change(temporary.folder, "UPDATE thing SET a = 2") }
        try temporary.store.close()
        let store = try Store(folder: temporary.folder.path, migrations: Migrations.embedded + [Self.schema, Self.more])
        defer { try? store.close() }
        try store.write { db in
            try db.execute(sql: "INSERT INTO thing (id) VALUES ('2')")
            try db.execute(sql: "INSERT INTO third VALUES (1), ('a'), (NULL)")
        }
        #expect(try damages(store) == (isDamaged ? ["thing"] : []))
    }

    /// Every table of the program's own is covered, but those that other checks hold.
    @Test func noTableIsForgotten() throws {
        let temporary = try TemporaryStore()
        let (all, covered) = try temporary.store.read { db in
            (
                try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"),
                try String.fetchAll(db, sql: "SELECT name FROM row_sum")
            )
        }
        let left: Set = [
            "account", "posting", "txn", "audit_entry", "log_leaf", "migration", "row_sum",
        ]
        #expect(Set(all).subtracting(covered) == left)
    }
}
