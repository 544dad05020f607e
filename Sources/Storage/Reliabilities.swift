import Domain
import GRDB

/// The newest reliability of each reviewer in each language.
public enum Reliabilities {
    /// From 0 to 1; nil where no batch has found any.
    public static func find(_ contributor: ID<Contributor>, _ language: Language, in db: Connection) throws -> Factor? {
        try record(contributor, language, in: db)?.value
    }

    public static func record(
        _ contributor: ID<Contributor>, _ language: Language, in db: Connection
    ) throws -> Reliability? {
        try db.row(
            "SELECT * FROM reviewer_reliability WHERE contributor = ? AND language = ?", [contributor.text, language.tag]
        ).map(read)
    }

    static func keep(_ reliability: Reliability, in language: Language, from batch: ReviewBatch, _ db: Connection) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO reviewer_reliability (contributor, language, reliability, review_count, gold_count, gold_correct,
                    batch, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (contributor, language) DO UPDATE SET reliability = excluded.reliability,
                    review_count = excluded.review_count, gold_count = excluded.gold_count,
                    gold_correct = excluded.gold_correct, batch = excluded.batch, updated_at = excluded.updated_at
                """
        ).execute(arguments: [
            reliability.reviewer.text, language.tag, reliability.value.thousandths, reliability.reviewCount,
            reliability.goldCount, reliability.goldCorrect, batch.id.text, batch.createdAt.milliseconds,
        ])
    }

    static func read(_ row: Row) -> Reliability {
        Reliability(
            reviewer: row.id("contributor"), value: Factor(thousandths: row["reliability"]), reviewCount: row["review_count"],
            goldCount: row["gold_count"], goldCorrect: row["gold_correct"])
    }
}
