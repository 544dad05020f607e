import Domain
import GRDB

/// The history of tiers, append-only.
public enum TierChanges {
    /// Writes a change and answers it with its place in the history.
    @discardableResult
    public static func append(_ change: TierChange, in db: Connection) throws -> TierChange {
        try db.carryOut(
            """
            INSERT INTO tier_change (contributor, language, from_tier, to_tier, at, rate_card, admin, reason, figures)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                change.contributor.text, change.language.tag, change.from.rawValue, change.to.rawValue, change.at.milliseconds,
                change.rateCard, change.admin, change.reason, change.figures,
            ])
        var kept = change
        kept.sequence = db.lastInsertedRowID
        return kept
    }

    /// Oldest first, one contributor's or everybody's; `after` is a sequence.
    public static func list(of contributor: ID<Contributor>?, _ page: PageRequest, in db: Connection) throws -> Page<TierChange> {
        let rows = try db.rows(
            """
            SELECT * FROM tier_change WHERE (?1 IS NULL OR contributor = ?1) AND sequence > ?2 ORDER BY sequence LIMIT ?3
            """, [contributor?.text, page.after.flatMap { Int64($0) } ?? 0, page.limit + 1])
        let changes = rows.map { row in
            TierChange(
                sequence: row["sequence"], contributor: row.id("contributor"), language: Language(row["language"])!,
                from: row.word("from_tier"), to: row.word("to_tier"), at: row.time("at"), rateCard: row["rate_card"],
                admin: row["admin"], reason: row["reason"], figures: row["figures"])
        }
        return Page(changes, limit: page.limit)
    }
}
