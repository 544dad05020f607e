import CSQLite
import Foundation
import GRDB
import GRDBSQLite

/// Sums of the hashes of rows, one a table, which tell that a row is not what the program wrote.
///
/// The writing connection moves them by triggers of its own, in the transaction that changes a row: nothing else has to
/// know of them, and every table that a migration adds is covered. A change by any other program leaves a wrong sum.
enum RowSums {
    /// Tables that other checks cover row by row.
    private static let left: Set<String> = ["account", "posting", "txn", "audit_entry", "log_leaf", "migration", "row_sum"]

    /// A table whose rows are not what was written.
    struct Damage: Hashable {
        let table: String
        let expectedCount: Int64
        let foundCount: Int64
    }

    /// Lets a connection compute sums.
    static func enable(on db: Connection) throws {
        guard csqlite_add_row_sums(UnsafeMutableRawPointer(db.sqliteConnection!)) == SQLITE_OK else {
            throw StorageError.failed("SQLite takes no functions")
        }
    }

    /// Tables whose sums are wrong now; none where sums are not kept yet.
    static func damages(in db: Connection) throws -> [Damage] {
        guard try db.tableExists("row_sum") else { return [] }
        return try Row.fetchAll(db, sql: "SELECT * FROM row_sum ORDER BY name").compactMap { row in
            let table: String = try row.value("name")
            guard let found = try sum(of: table, in: db) else { return nil }
            let (count, sum): (Int64, Data) = try (row.value("row_count"), row.value("sum"))
            return (count, sum) == found ? nil : Damage(table: table, expectedCount: count, foundCount: found.count)
        }
    }

    /// Follows a change of the schema: new tables get their sums, and all others are summed anew but those that were wrong
    /// before, which stay so.
    static func follow(schemaChanges: Bool, damaged: Set<String>, in db: Connection) throws {
        guard try db.tableExists("row_sum") else { return }
        let known = Set(try String.fetchAll(db, sql: "SELECT name FROM row_sum"))
        for table in try tables(in: db) where !known.contains(table) || (schemaChanges && !damaged.contains(table)) {
            guard let (count, sum) = try sum(of: table, in: db) else { continue }
            try db.execute(
                sql: """
                    INSERT INTO row_sum (name, row_count, sum) VALUES (?1, ?2, ?3)
                    ON CONFLICT (name) DO UPDATE SET row_count = ?2, sum = ?3
                    """, arguments: [table, count, sum])
        }
    }

    /// Makes this connection move the sums with what it writes.
    static func keep(on db: Connection) throws {
        guard try db.tableExists("row_sum") else { return }
        // The triggers live in the connection's temporary schema, which has no business on the disk.
        try db.execute(sql: "PRAGMA temp_store = MEMORY")
        // Without it, rows that REPLACE removes would stay in the sum.
        try db.execute(sql: "PRAGMA recursive_triggers = ON")
        for table in try tables(in: db) {
            let columns = try columns(of: table, in: db)
            for (event, changes) in [("INSERT", [("NEW", 1)]), ("DELETE", [("OLD", -1)]), ("UPDATE", [("OLD", -1), ("NEW", 1)])] {
                let sum = changes.reduce("sum") { sum, change in
                    let values = columns.map { "\(change.0).\(quoted($0))" }.joined(separator: ", ")
                    return "row_sum_add(\(sum), \(change.1), '\(table)', \(values))"
                }
                try db.execute(
                    sql: """
                        CREATE TEMP TRIGGER \(quoted("row_sum_\(table)_\(event)")) AFTER \(event) ON main.\(quoted(table)) BEGIN
                            UPDATE row_sum SET sum = \(sum), row_count = row_count + \(changes.reduce(0) { $0 + $1.1 })
                            WHERE name = '\(table)';
                        END
                        """)
            }
        }
    }

    /// What a table's rows add up to; nil where there is no such table.
    private static func sum(of table: String, in db: Connection) throws -> (count: Int64, sum: Data)? {
        let columns = try columns(of: table, in: db)
        guard !columns.isEmpty else { return nil }
        let values = columns.map(quoted).joined(separator: ", ")
        let row = try Row.fetchOne(
            db, sql: "SELECT count(*) AS row_count, row_sum('\(table)', \(values)) AS sum FROM main.\(quoted(table)) NOT INDEXED")!
        return (row["row_count"], row["sum"])
    }

    private static func tables(in db: Connection) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name").filter {
            !$0.hasPrefix("sqlite_") && !left.contains($0)
        }
    }

    private static func columns(of table: String, in db: Connection) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
    }

    private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}
