import Domain
import GRDB

public enum Contributors {
    public static func insert(_ contributor: Contributor, in db: Connection) throws {
        try db.execute(
            sql: "INSERT INTO contributor (id, region, created_at) VALUES (?, ?, ?)",
            arguments: [contributor.id.text, contributor.region, contributor.createdAt.milliseconds])
        try save(contributor, at: contributor.createdAt, in: db)
    }

    /// Writes what a contributor may change: region, languages and profile. Tiers of known languages stay; a
    /// language that comes back has the tier that it had.
    public static func save(_ contributor: Contributor, at now: Timestamp, in db: Connection) throws {
        let id = contributor.id.text
        try db.execute(sql: "UPDATE contributor SET region = ? WHERE id = ?", arguments: [contributor.region, id])
        let profile = contributor.profile
        try db.execute(
            sql: """
                INSERT INTO contributor_profile (contributor, display_name, age_band, gender, payout_details, updated_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (contributor) DO UPDATE SET display_name = excluded.display_name, age_band = excluded.age_band,
                    gender = excluded.gender, payout_details = excluded.payout_details, updated_at = excluded.updated_at
                """,
            arguments: [
                id, profile.displayName, profile.ageBand?.rawValue, profile.gender?.rawValue, profile.payoutDetails,
                now.milliseconds,
            ])
        let tags = contributor.languages.map(\.language.tag)
        try db.execute(
            literal: "DELETE FROM contributor_language WHERE contributor = \(id) AND language NOT IN \(tags)")
        for spoken in contributor.languages {
            try db.execute(
                sql: """
                    INSERT INTO contributor_language (contributor, language, accent, tier)
                    SELECT ?1, ?2, ?3, coalesce(
                        (SELECT to_tier FROM tier_change WHERE contributor = ?1 AND language = ?2
                            ORDER BY sequence DESC LIMIT 1), ?4)
                    WHERE true ON CONFLICT (contributor, language) DO UPDATE SET accent = excluded.accent
                    """,
                arguments: [id, spoken.language.tag, spoken.accent, spoken.tier.rawValue])
        }
    }

    public static func find(_ id: ID<Contributor>, in db: Connection) throws -> Contributor? {
        let sql = """
            SELECT contributor.*, display_name, age_band, gender, payout_details
            FROM contributor LEFT JOIN contributor_profile ON contributor_profile.contributor = contributor.id
            WHERE contributor.id = ?
            """
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [id.text]) else { return nil }
        let languages = try Row.fetchAll(
            db, sql: "SELECT * FROM contributor_language WHERE contributor = ? ORDER BY language", arguments: [id.text])
        return Contributor(
            id: row.id("id"), region: row["region"], createdAt: row.time("created_at"),
            languages: languages.map {
                .init(language: Language($0["language"])!, accent: $0["accent"], tier: $0.word("tier"))
            },
            profile: .init(
                displayName: row["display_name"], ageBand: row.optionalWord("age_band"),
                gender: row.optionalWord("gender"), payoutDetails: row["payout_details"]))
    }

    public static func setTier(
        _ tier: Tier, in language: Language, of id: ID<Contributor>, in db: Connection
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO contributor_language (contributor, language, tier) VALUES (?, ?, ?)
                ON CONFLICT (contributor, language) DO UPDATE SET tier = excluded.tier
                """,
            arguments: [id.text, language.tag, tier.rawValue])
    }
}
