import CSQLite
import GRDB
import GRDBSQLite

/// A fingerprint of every table, kept in step with its rows, so that a bit that flipped on the disk is found whatever it
/// hit. SQLite's own check looks at the structure of the file and at indexes, not at what stands in a row.
///
/// The rows' fingerprints are combined by exclusive or: a change costs one small update, in the same transaction. Triggers
/// of the writing connection do it for each table of the schema, also for those that are yet to come.
public enum Fingerprints {
    static let table = "table_fingerprint"
    /// The row of the schema itself; it counts the migrations that it was taken after.
    static let schema = "sqlite_schema"
    /// Tables of the books have a better one: each transaction's leaf holds all of its columns and postings.
    private static let others: Set = [table, "txn", "posting", "account"]

    /// Makes fingerprints known to a connection; each needs it before it is used.
    static func prepare(_ db: Connection) throws {
        let code = csqlite_add_fingerprint(db.sqliteConnection)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Makes this connection keep the fingerprints. After a migration they are taken anew.
    static func maintain(in db: Connection) throws {
        // Rows that REPLACE removes fire triggers only so; triggers of a connection need no file.
        try db.execute(sql: "PRAGMA recursive_triggers = ON; PRAGMA temp_store = MEMORY")
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS \(table) (name TEXT PRIMARY KEY, row_count INTEGER NOT NULL, bits INTEGER NOT NULL)
                STRICT, WITHOUT ROWID
                """)
        try db.inTransaction(.immediate) {
            let known = try Int.fetchOne(db, sql: "SELECT row_count FROM \(table) WHERE name = ?", arguments: [schema])
            let migrations = try Int.fetchOne(db, sql: "SELECT count(*) FROM migration")
            if known != migrations { try renew(in: db) }
            return .commit
        }
        for name in try tables(in: db) {
            for (event, rows) in [("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])] {
                try db.execute(sql: trigger(on: name, after: event, rows, columns: columns(of: name, in: db)))
            }
        }
    }

    /// The tables whose rows are not those that were written. Reads all of them.
    public static func verify(in db: Connection) -> [VerificationReport.Finding] {
        do { return try findings(in: db) } catch { return [.unreadable("\(error)")] }
    }

    private static func findings(in db: Connection) throws -> [VerificationReport.Finding] {
        guard try db.tableExists(table) else { return [.ruleMissing(table)] }
        let kept = try Row.fetchAll(db, sql: "SELECT * FROM \(table) NOT INDEXED").reduce(into: [:]) { kept, row in
            kept[try row.value("name") as String] = try Taken(count: row.value("row_count"), bits: row.value("bits"))
        }
        let taken = try Dictionary(uniqueKeysWithValues: all(in: db))
        return Set(kept.keys).union(taken.keys).sorted().filter { kept[$0] != taken[$0] }.map { .changedRows(table: $0) }
    }

    private struct Taken: Equatable {
        var count: Int64
        var bits: Int64
    }

    private static func tables(in db: Connection) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"
        ).filter { !others.contains($0) }
    }

    /// Stored columns; generated ones follow from them.
    private static func columns(of table: String, in db: Connection) throws -> [String] {
        try Row.fetchAll(db, sql: "PRAGMA table_info(\(table.quotedDatabaseIdentifier))").map {
            (try $0.value("name") as String).quotedDatabaseIdentifier
        }
    }

    private static func trigger(on name: String, after event: String, _ rows: [String], columns: [String]) -> String {
        let combined = rows.reduce("bits") { bits, row in
            "fingerprint_with(\(bits), '\(name)', \(columns.map { "\(row).\($0)" }.joined(separator: ", ")))"
        }
        let difference = event == "INSERT" ? " + 1" : event == "DELETE" ? " - 1" : ""
        return """
            CREATE TEMP TRIGGER \("\(name) after \(event)".quotedDatabaseIdentifier) AFTER \(event)
            ON main.\(name.quotedDatabaseIdentifier) BEGIN
                UPDATE \(table) SET row_count = row_count\(difference), bits = \(combined) WHERE name = '\(name)';
            END
            """
    }

    private static func renew(in db: Connection) throws {
        try db.execute(sql: "DELETE FROM \(table)")
        for (name, taken) in try all(in: db) {
            try db.execute(sql: "INSERT INTO \(table) VALUES (?, ?, ?)", arguments: [name, taken.count, taken.bits])
        }
    }

    private static func all(in db: Connection) throws -> [(String, Taken)] {
        try tables(in: db).map { name in
            (name, try taken(name, columns(of: name, in: db), from: name.quotedDatabaseIdentifier + " NOT INDEXED", in: db))
        } + [(schema, try takenOfSchema(in: db))]
    }

    private static func taken(_ name: String, _ columns: [String], from source: String, in db: Connection) throws -> Taken {
        var taken = Taken(count: 0, bits: 0)
        let rows = try Int64.fetchCursor(
            db, sql: "SELECT fingerprint_with(0, '\(name)', \(columns.joined(separator: ", "))) FROM \(source)")
        while let bits = try rows.next() {
            taken.count += 1
            taken.bits ^= bits
        }
        return taken
    }

    /// The rules stand in the schema: a bit in a trigger's text would take one out of force.
    private static func takenOfSchema(in db: Connection) throws -> Taken {
        let migrations = try Int64.fetchOne(db, sql: "SELECT count(*) FROM migration") ?? 0
        let columns = ["type", "name", "tbl_name", "sql"]
        let rows = try taken(schema, columns, from: "sqlite_schema WHERE name NOT GLOB 'sqlite_*'", in: db)
        return Taken(count: migrations, bits: rows.bits)
    }
}
