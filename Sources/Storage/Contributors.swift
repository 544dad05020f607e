import Domain
import GRDB
import JSON

public enum Contributors {
    public static func insert(_ contributor: Contributor, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO contributor (id, region, created_at) VALUES (?, ?, ?)",
            [contributor.id.text, contributor.region, contributor.createdAt.milliseconds])
        try save(contributor, at: contributor.createdAt, in: db)
    }

    /// Writes what a contributor may change: region, languages and profile. Tiers of known languages stay; a language that
    /// comes back has the tier that it had. A change of payout details is kept as history.
    public static func save(_ contributor: Contributor, at now: Timestamp, in db: Connection) throws {
        let id = contributor.id.text
        try db.carryOut("UPDATE contributor SET region = ? WHERE id = ?", [contributor.region, id])
        let profile = contributor.profile
        let known = try payoutDetails(of: contributor.id, in: db)
        if profile.payoutDetails != known {
            try PayoutDetailsChanges.append(profile.payoutDetails?.method, by: contributor.id, at: now, in: db)
        }
        try db.carryOut(
            """
            INSERT INTO contributor_profile (contributor, display_name, age_band, gender, payout_details, payout_method,
                updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (contributor) DO UPDATE SET display_name = excluded.display_name, age_band = excluded.age_band,
                gender = excluded.gender, payout_details = excluded.payout_details,
                payout_method = excluded.payout_method, updated_at = excluded.updated_at
            """,
            [
                id, profile.displayName, profile.ageBand?.rawValue, profile.gender?.rawValue, profile.payoutDetails.map(text),
                profile.payoutDetails?.method.rawValue, now.milliseconds,
            ])
        let tags = contributor.languages.map(\.language.tag)
        try db.execute(
            literal: "DELETE FROM contributor_language WHERE contributor = \(id) AND language NOT IN \(tags)")
        for spoken in contributor.languages {
            try db.carryOut(
                """
                INSERT INTO contributor_language (contributor, language, accent, tier)
                SELECT ?1, ?2, ?3, coalesce(
                    (SELECT to_tier FROM tier_change WHERE contributor = ?1 AND language = ?2
                        ORDER BY sequence DESC LIMIT 1), ?4)
                WHERE true ON CONFLICT (contributor, language) DO UPDATE SET accent = excluded.accent
                """, [id, spoken.language.tag, spoken.accent, spoken.tier.rawValue])
        }
    }

    public static func find(_ id: ID<Contributor>, in db: Connection) throws -> Contributor? {
        let sql = """
            SELECT contributor.*, display_name, age_band, gender, payout_details, payout_method
            FROM contributor LEFT JOIN contributor_profile ON contributor_profile.contributor = contributor.id
            WHERE contributor.id = ?
            """
        guard let row = try db.row(sql, [id.text]) else { return nil }
        let languages = try db.rows("SELECT * FROM contributor_language WHERE contributor = ? ORDER BY language", [id.text])
        return Contributor(
            id: row.id("id"), region: row["region"], createdAt: row.time("created_at"),
            languages: languages.map {
                .init(language: Language($0["language"])!, accent: $0["accent"], tier: $0.word("tier"))
            },
            profile: .init(
                displayName: row["display_name"], ageBand: row.optionalWord("age_band"),
                gender: row.optionalWord("gender"), payoutDetails: try payoutDetails(row)))
    }

    /// Details that are paid by hand stand there as they were written, others as JSON.
    private static func text(_ details: PayoutDetails) -> String {
        if case .manual(let text) = details { text } else { details.json.description }
    }

    private static func payoutDetails(of id: ID<Contributor>, in db: Connection) throws -> PayoutDetails? {
        let row = try db.row(
            "SELECT contributor AS id, payout_details, payout_method FROM contributor_profile WHERE contributor = ?", [id.text])
        return try row.flatMap(payoutDetails)
    }

    private static func payoutDetails(_ row: Row) throws -> PayoutDetails? {
        guard let text = row["payout_details"] as String? else { return nil }
        let method: PayoutDetails.Method? = row.optionalWord("payout_method")
        guard let method, method != .manual else { return .manual(text) }
        guard let json = try? JSON.parse(Array(text.utf8), limits: .trusted), let details = PayoutDetails(json: json) else {
            throw StorageError.corrupt("contributor \(row["id"] as String) has payout details that can't be read")
        }
        return details
    }

    public static func setTier(
        _ tier: Tier, in language: Language, of id: ID<Contributor>, in db: Connection
    ) throws {
        try db.carryOut(
            """
            INSERT INTO contributor_language (contributor, language, tier) VALUES (?, ?, ?)
            ON CONFLICT (contributor, language) DO UPDATE SET tier = excluded.tier
            """, [id.text, language.tag, tier.rawValue])
    }
}
