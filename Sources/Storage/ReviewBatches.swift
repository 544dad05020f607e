import Domain
import GRDB

/// Reliability and agreement, batch by batch.
public enum ReviewBatches {
    /// Keeps a batch, and makes its reliabilities the newest.
    public static func insert(_ batch: ReviewBatch, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO review_batch (id, admin, created_at) VALUES (?, ?, ?)",
            [batch.id.text, batch.admin, batch.createdAt.milliseconds])
        for part in batch.languages {
            try db.carryOut(
                """
                INSERT INTO review_batch_language (batch, language, recording_count, review_count, alpha)
                VALUES (?, ?, ?, ?, ?)
                """, [batch.id.text, part.language.tag, part.recordingCount, part.reviewCount, part.alpha])
            for reliability in part.reviewers {
                try insert(reliability, of: batch.id, in: part.language, db)
                try Reliabilities.keep(reliability, in: part.language, from: batch, db)
            }
        }
    }

    private static func insert(
        _ reliability: Reliability, of batch: ID<ReviewBatch>, in language: Language, _ db: Connection
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO review_batch_reliability (batch, language, contributor, reliability, review_count, gold_count,
                    gold_correct)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            batch.text, language.tag, reliability.reviewer.text, reliability.value.thousandths, reliability.reviewCount,
            reliability.goldCount, reliability.goldCorrect,
        ])
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<ReviewBatch> {
        let rows = try db.rows(
            "SELECT * FROM review_batch WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2", [page.after, page.limit + 1])
        let batches = try rows.map { row in
            let id: ID<ReviewBatch> = row.id("id")
            return ReviewBatch(
                id: id, admin: row["admin"], createdAt: row.time("created_at"), languages: try parts(of: id, in: db))
        }
        return Page(batches, limit: page.limit)
    }

    private static func parts(of id: ID<ReviewBatch>, in db: Connection) throws -> [ReviewBatch.Part] {
        try db.rows("SELECT * FROM review_batch_language WHERE batch = ? ORDER BY language", [id.text]).map { row in
            let language = Language(row["language"])!
            let reliabilities = try db.rows(
                "SELECT * FROM review_batch_reliability WHERE batch = ? AND language = ? ORDER BY contributor",
                [id.text, language.tag])
            return ReviewBatch.Part(
                language: language, recordingCount: row["recording_count"], reviewCount: row["review_count"],
                alpha: row["alpha"], reviewers: reliabilities.map(Reliabilities.read))
        }
    }

    /// Whether somebody reviewed since the last batch, and that was before a moment.
    public static func isDue(before moment: Timestamp, in db: Connection) throws -> Bool {
        let last =
            try Int64.fetchOne(db.cachedStatement(sql: "SELECT created_at FROM review_batch ORDER BY id DESC LIMIT 1")) ?? 0
        guard last < moment.milliseconds else { return false }
        return try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM review WHERE created_at >= ?)"), arguments: [last])
            ?? false
    }
}
