import Domain
import GRDB

extension Books {
    /// Writes the whole journal in hledger's format, with accounts and commodities declared so that `hledger check -s`
    /// accepts it. The same books give the same bytes.
    ///
    /// - Parameter write: takes the text piece by piece.
    public static func exportHledger(in db: Connection, write: (String) throws -> Void) throws {
        try write("; Fairvoice, the books\ndecimal-mark .\n\n")
        for code in try String.fetchAll(db, sql: "SELECT DISTINCT currency FROM account ORDER BY currency") {
            try write("commodity 1000.000000 \(code)\n")
        }
        for path in try String.fetchAll(db, sql: "SELECT DISTINCT path FROM account ORDER BY path") {
            try write("account \(path)\n")
        }
        for kind in try String.fetchAll(db, sql: "SELECT DISTINCT kind FROM txn ORDER BY kind") { try write("payee \(kind)\n") }
        for tag in ["subject", "time"] { try write("tag \(tag)\n") }
        let sql = """
            SELECT txn.*, n, account, amount FROM txn JOIN posting ON posting.txn = txn.id ORDER BY txn.id, n
            """
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next() {
            if row["n"] == 0 {
                let time = row.time("occurred_at")
                try write(
                    """

                    \(time.date) * (\(row["id"] as String)) \(row["kind"] as String) | \(plain(row["description"]))
                        ; subject: \(row["subject"] as String), time: \(time)

                    """)
            }
            try write("    \(row["account"] as String)  \(row.money("amount"))\n")
        }
    }

    /// Text without what the format would take for a comment or a line's end.
    private static func plain(_ text: String) -> String {
        String(text.map { ";|\n\r".contains($0) ? " " : $0 })
    }
}
