import Domain
import GRDB

public enum Quotes {
    public static func insert(_ quote: Quote, in db: Connection) throws {
        let cell = quote.request.cell
        try db.execute(
            sql: """
                INSERT INTO quote (id, contributor, rate_card, language, accent, register, setting, elicitation, emotion, tier,
                    currency, hourly_before_tier, hourly, seconds_max, issued_at, expires_at, payload, jws)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                quote.id.text, quote.contributor.text, quote.rateCard, cell.language.tag, cell.accent,
                cell.register?.rawValue, cell.setting?.rawValue, quote.request.elicitation.rawValue,
                cell.emotion?.rawValue, quote.request.tier.rawValue, quote.hourly.currency.code,
                quote.hourlyBeforeTier.micros, quote.hourly.micros, quote.secondsMax, quote.issuedAt.milliseconds,
                quote.expiresAt.milliseconds, quote.payload, quote.jws,
            ])
    }

    public static func find(_ id: ID<Quote>, in db: Connection) throws -> Quote? {
        try Row.fetchOne(db, sql: "SELECT * FROM quote WHERE id = ?", arguments: [id.text]).map(read)
    }

    /// One contributor's, oldest first; `after` is an id.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Quote> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM quote WHERE contributor = ? AND id > ? ORDER BY id LIMIT ?",
            arguments: [contributor.text, page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    public static func use(_ id: ID<Quote>, milliseconds: Int64, in db: Connection) throws {
        try db.execute(
            sql: "UPDATE quote SET used_milliseconds = used_milliseconds + ? WHERE id = ?",
            arguments: [milliseconds, id.text])
    }

    private static func read(_ row: Row) -> Quote {
        Quote(
            id: row.id("id"), contributor: row.id("contributor"), rateCard: row["rate_card"],
            request: PriceRequest(
                language: Language(row["language"])!, accent: row["accent"], register: row.word("register"),
                setting: row.word("setting"), elicitation: row.word("elicitation"), emotion: row.word("emotion"),
                tier: row.word("tier")),
            hourlyBeforeTier: row.money("hourly_before_tier"), hourly: row.money("hourly"), secondsMax: row["seconds_max"],
            usedMilliseconds: row["used_milliseconds"], issuedAt: row.time("issued_at"), expiresAt: row.time("expires_at"),
            payload: row["payload"], jws: row["jws"])
    }
}
