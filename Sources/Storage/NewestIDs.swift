import GRDB

/// The greatest ids in the database. Lists and "the newest" go by ids, so that new ones must be greater than all of these.
public enum NewestIDs {
    /// The greatest id of each table that has ids, whatever migrations have added.
    public static func all(in db: Connection) throws -> [String] {
        let tables = try String.fetchAll(
            db,
            sql: """
                SELECT kind.name FROM sqlite_schema AS kind JOIN pragma_table_info(kind.name) AS part
                WHERE kind.type = 'table' AND part.name = 'id' AND part.type = 'TEXT' ORDER BY kind.name
                """)
        return try tables.compactMap { table in
            try String.fetchOne(db, sql: "SELECT max(id) FROM \(table.quotedDatabaseIdentifier)")
        }
    }
}
