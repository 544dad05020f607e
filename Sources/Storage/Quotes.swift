import Domain
import GRDB

public enum Quotes {
    public static func insert(_ quote: Quote, in db: Connection) throws {
        let cell = quote.request.cell
        try db.cachedStatement(
            sql: """
                INSERT INTO quote (id, contributor, rate_card, language, accent, register, setting, elicitation, emotion, tier,
                    currency, hourly_before_tier, hourly, seconds_max, issued_at, expires_at, payload, jws, premium, bounty,
                    bounty_per_hour, bounty_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            quote.id.text, quote.contributor.text, quote.rateCard, cell.language.tag, cell.accent,
            cell.register?.rawValue, cell.setting?.rawValue, quote.request.elicitation.rawValue,
            cell.emotion?.rawValue, quote.request.tier.rawValue, quote.hourly.currency.code,
            quote.hourlyBeforeTier.micros, quote.hourly.micros, quote.secondsMax, quote.issuedAt.milliseconds,
            quote.expiresAt.milliseconds, quote.payload, quote.jws, quote.premium?.text, quote.bounty?.bounty.text,
            quote.bounty?.perHour.micros ?? 0, quote.bounty?.seconds ?? 0,
        ])
    }

    public static func find(_ id: ID<Quote>, in db: Connection) throws -> Quote? {
        try db.row("SELECT * FROM quote WHERE id = ?", [id.text]).map(read)
    }

    /// One contributor's, oldest first; `after` is an id.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Quote> {
        let rows = try db.rows(
            "SELECT * FROM quote WHERE contributor = ? AND id > ? ORDER BY id LIMIT ?",
            [contributor.text, page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Those of a contributor that are in force and that no recording was sent under, oldest first; no more than so many.
    public static func unused(
        of contributor: ID<Contributor>, at now: Timestamp, limit: Int, in db: Connection
    ) throws -> [Quote] {
        try db.rows(
            """
            SELECT * FROM quote WHERE contributor = ?1 AND expires_at > ?2
                AND NOT EXISTS (SELECT 1 FROM recording WHERE recording.contributor = ?1 AND recording.quote = quote.id)
            ORDER BY id LIMIT ?3
            """, [contributor.text, now.milliseconds, limit]
        ).map(read)
    }

    public static func use(_ id: ID<Quote>, milliseconds: Int64, in db: Connection) throws {
        try db.cachedStatement(sql: "UPDATE quote SET used_milliseconds = used_milliseconds + ? WHERE id = ?").execute(
            arguments: [milliseconds, id.text])
    }

    /// Takes an upload for so long until it is decided.
    public static func expect(_ recording: ID<Recording>, of id: ID<Quote>, milliseconds: Int64, in db: Connection) throws {
        try db.cachedStatement(sql: "UPDATE quote SET pending_milliseconds = pending_milliseconds + ? WHERE id = ?").execute(
            arguments: [milliseconds, id.text])
        try db.cachedStatement(sql: "UPDATE recording SET pending_milliseconds = ? WHERE id = ?").execute(arguments: [
            milliseconds, recording.text,
        ])
    }

    /// Ends what `expect` began; doing so again changes nothing.
    public static func settle(_ recording: ID<Recording>, of id: ID<Quote>, in db: Connection) throws {
        try db.cachedStatement(
            sql: """
                UPDATE quote SET pending_milliseconds = max(0, pending_milliseconds
                    - (SELECT pending_milliseconds FROM recording WHERE id = ?)) WHERE id = ?
                """
        ).execute(arguments: [recording.text, id.text])
        try db.cachedStatement(sql: "UPDATE recording SET pending_milliseconds = 0 WHERE id = ?").execute(arguments: [
            recording.text
        ])
    }

    private static func read(_ row: Row) -> Quote {
        Quote(
            id: row.id("id"), contributor: row.id("contributor"), rateCard: row["rate_card"],
            request: PriceRequest(
                language: Language(row["language"])!, accent: row["accent"], register: row.word("register"),
                setting: row.word("setting"), elicitation: row.word("elicitation"), emotion: row.word("emotion"),
                tier: row.word("tier")),
            hourlyBeforeTier: row.money("hourly_before_tier"), hourly: row.money("hourly"), secondsMax: row["seconds_max"],
            usedMilliseconds: row["used_milliseconds"], pendingMilliseconds: row["pending_milliseconds"],
            premium: (row["premium"] as String?).map { ID(stored: $0) },
            bounty: (row["bounty"] as String?).map {
                BountyOffer(bounty: ID(stored: $0), perHour: row.money("bounty_per_hour"), seconds: row["bounty_seconds"])
            },
            issuedAt: row.time("issued_at"), expiresAt: row.time("expires_at"),
            payload: row["payload"], jws: row["jws"])
    }
}
