import GRDB

/// Holds the tables, indexes and triggers of a database against those that the program's migrations make.
enum SchemaVerifier {
    static func findings(in db: Connection) throws -> [VerificationReport.Finding] {
        let fresh = try DatabaseQueue()
        let wanted = try fresh.writeWithoutTransaction { fresh in
            try Migrations.apply(Migrations.embedded, in: fresh)
            return try parts(of: fresh)
        }
        let found = try parts(of: db)
        return wanted.sorted { $0.key < $1.key }.compactMap { name, text in
            guard let present = found[name] else { return .ruleMissing(name) }
            return present == text ? nil : .ruleChanged(name)
        } + found.keys.filter { wanted[$0] == nil && $0 != Fingerprints.table }.sorted().map { .ruleChanged($0) }
    }

    private static func parts(of db: Connection) throws -> [String: String] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE name NOT GLOB 'sqlite_*'")
        return try Dictionary(
            rows.map { row in
                (
                    try row.value("name"),
                    "\(try row.value("type") as String) \(try row.value("tbl_name") as String) \(try row.value("sql") as String)"
                )
            },
            uniquingKeysWith: { one, other in one + other })
    }
}
