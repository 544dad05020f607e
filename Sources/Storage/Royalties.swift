import Domain
import GRDB

public enum Royalties {
    public static func insert(_ royalty: Royalty, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO royalty (licence, recording, contributor, weight, amount) VALUES (?, ?, ?, ?, ?)",
            [
                royalty.licence.text, royalty.recording.text, royalty.contributor.text, royalty.weight, royalty.amount.micros,
            ])
    }

    /// Micros of royalties that a licence's transaction paid one person; the rest of their credit is the reviewers' share.
    public static func total(of contributor: ID<Contributor>, entry: String, in db: Connection) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: """
                SELECT coalesce(sum(amount), 0) FROM royalty
                WHERE contributor = ? AND licence = (SELECT id FROM licence WHERE entry = ?)
                """)
        return try Int64.fetchOne(statement, arguments: [contributor.text, entry]) ?? 0
    }

    /// One person's shares of one licence, by recording.
    public static func list(
        of contributor: ID<Contributor>, in licence: ID<Licence>, in db: Connection
    ) throws -> [Royalty] {
        try fetch("royalty.contributor = ? AND royalty.licence = ?", [contributor.text, licence.text], in: db)
    }

    /// Every share of one licence, by recording.
    public static func list(in licence: ID<Licence>, in db: Connection) throws -> [Royalty] {
        try fetch("royalty.licence = ?", [licence.text], in: db)
    }

    private static func fetch(_ condition: String, _ values: [String], in db: Connection) throws -> [Royalty] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT royalty.*, licence.currency FROM royalty JOIN licence ON licence.id = royalty.licence
                WHERE \(condition) ORDER BY royalty.recording
                """, arguments: StatementArguments(values)
        ).map {
            Royalty(
                licence: $0.id("licence"), recording: $0.id("recording"), contributor: $0.id("contributor"),
                weight: $0["weight"], amount: $0.money("amount"))
        }
    }

    /// One use of one recording: where a voice is.
    public struct Use: Sendable {
        public let licence: ID<Licence>
        public let recording: ID<Recording>
        public let snapshot: ID<Snapshot>
        public let buyerName: String
        public let modelName: String
        public let purpose: Purpose
        public let useContext: UseContext
        public let term: Term
        public let startsAt: Timestamp
        public let endsAt: Timestamp?
        public let amount: Money
    }

    /// Every use of a contributor's recordings, newest licence first. `after` is "licence recording".
    public static func uses(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Use> {
        let after = page.after?.split(separator: " ").map(String.init) ?? []
        let sql = """
            SELECT royalty.*, licence.snapshot, licence.model_name, licence.purpose, licence.use_context, licence.term,
                licence.currency, licence.starts_at, licence.ends_at, buyer.name AS buyer_name
            FROM royalty JOIN licence ON licence.id = royalty.licence JOIN buyer ON buyer.id = licence.buyer
            WHERE royalty.contributor = ?1 AND (?2 IS NULL OR royalty.licence < ?2
                OR (royalty.licence = ?2 AND royalty.recording > ?3))
            ORDER BY royalty.licence DESC, royalty.recording LIMIT ?4
            """
        let rows = try db.rows(sql, [contributor.text, after.first, after.count > 1 ? after[1] : "", page.limit + 1])
        let uses = rows.map {
            Use(
                licence: $0.id("licence"), recording: $0.id("recording"), snapshot: $0.id("snapshot"),
                buyerName: $0["buyer_name"], modelName: $0["model_name"], purpose: $0.word("purpose"),
                useContext: $0.word("use_context"), term: $0.word("term"), startsAt: $0.time("starts_at"),
                endsAt: $0.optionalTime("ends_at"), amount: $0.money("amount"))
        }
        return Page(uses, limit: page.limit)
    }
}
