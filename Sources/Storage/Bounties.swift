import Domain
import GRDB

public enum Bounties {
    public static func insert(_ bounty: Bounty, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO bounty (id, buyer, language, accent, register, setting, emotion, currency, amount, per_hour,
                status, entry, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            StatementArguments([bounty.id.text, bounty.buyer.text]) + StatementArguments(bounty.cell.columns)
                + StatementArguments([bounty.amount.currency.code])
                + StatementArguments([bounty.amount.micros, bounty.perHour.micros])
                + StatementArguments([bounty.status.rawValue, bounty.entry])
                + StatementArguments([bounty.createdAt.milliseconds]))
    }

    public static func find(_ id: ID<Bounty>, in db: Connection) throws -> Bounty? {
        try db.row("SELECT * FROM bounty WHERE id = ?", [id.text]).map(read)
    }

    /// One buyer's, newest first.
    public static func list(of buyer: ID<Buyer>, _ page: PageRequest, in db: Connection) throws -> Page<Bounty> {
        let rows = try db.rows(
            "SELECT * FROM bounty WHERE buyer = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            [buyer.text, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Open ones, oldest first.
    public static func open(in db: Connection) throws -> [Bounty] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM bounty WHERE status = 'open' ORDER BY id")
        return try Row.fetchAll(statement).map(read)
    }

    /// Those that still hold what quotes count on.
    public static func closing(in db: Connection) throws -> [Bounty] {
        try db.rows("SELECT * FROM bounty WHERE status = 'closing' ORDER BY id").map(read)
    }

    /// Micros that live quotes count on, but for one of them.
    public static func promised(
        by id: ID<Bounty>, without quote: ID<Quote>? = nil, at now: Timestamp, in db: Connection
    ) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: """
                SELECT bounty_per_hour, currency, bounty_seconds * 1000 - used_milliseconds AS milliseconds FROM quote
                WHERE bounty = ?1 AND id IS NOT ?2 AND (expires_at > ?3 OR pending_milliseconds > 0)
                    AND bounty_seconds * 1000 > used_milliseconds
                """)
        return try Row.fetchAll(statement, arguments: [id.text, quote?.text, now.milliseconds]).reduce(0) { sum, row in
            sum + Bounty.cost(perHour: row.money("bounty_per_hour"), milliseconds: row["milliseconds"])
        }
    }

    /// Ends new promises. The entry, if any, returned what was free.
    public static func close(
        _ id: ID<Bounty>, entry: String?, status: Bounty.Status, at now: Timestamp, in db: Connection
    ) throws {
        try db.carryOut(
            "UPDATE bounty SET status = ?, closing_entry = ?, closed_at = ? WHERE id = ? AND status = 'open'",
            [status.rawValue, entry, now.milliseconds, id.text])
    }

    /// The last promise of a closing bounty has ended.
    public static func release(_ id: ID<Bounty>, entry: String?, in db: Connection) throws {
        try db.carryOut(
            "UPDATE bounty SET status = 'closed', release_entry = ? WHERE id = ? AND status = 'closing'", [entry, id.text])
    }

    private static func read(_ row: Row) -> Bounty {
        Bounty(
            id: row.id("id"), buyer: row.id("buyer"), cell: row.cell, amount: row.money("amount"),
            perHour: row.money("per_hour"), status: row.word("status"), entry: row["entry"], createdAt: row.time("created_at"),
            closedAt: row.optionalTime("closed_at"))
    }
}
