import Domain
import GRDB

/// Which recording is in whose hands.
public enum ReviewAssignments {
    public static func insert(_ assignment: ReviewAssignment, in db: Connection) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO review_assignment (id, recording, reviewer, language, kind, rate_card, currency, pay, status,
                    assigned_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            assignment.id.text, assignment.recording.text, assignment.reviewer.text, assignment.language.tag,
            assignment.kind.rawValue, assignment.rateCard, assignment.pay.currency.code, assignment.pay.micros,
            assignment.status.rawValue, assignment.assignedAt.milliseconds, assignment.expiresAt.milliseconds,
        ])
    }

    public static func find(_ id: ID<ReviewAssignment>, in db: Connection) throws -> ReviewAssignment? {
        try db.row("SELECT * FROM review_assignment WHERE id = ?", [id.text]).map(read)
    }

    /// What a reviewer holds in a language now; recordings that were withdrawn meanwhile are left out.
    public static func held(
        by reviewer: ID<Contributor>, in language: Language, at now: Timestamp, _ db: Connection
    ) throws -> ReviewAssignment? {
        let sql = """
            SELECT assignment.* FROM review_assignment AS assignment JOIN recording ON recording.id = assignment.recording
            WHERE assignment.reviewer = ? AND assignment.language = ? AND assignment.status = 'open'
                AND assignment.expires_at > ? AND recording.status <> 'withdrawn'
            ORDER BY assignment.id LIMIT 1
            """
        return try db.row(sql, [reviewer.text, language.tag, now.milliseconds]).map(read)
    }

    /// Ends an open assignment.
    public static func end(
        _ id: ID<ReviewAssignment>, _ status: ReviewAssignment.Status, at now: Timestamp, in db: Connection
    ) throws {
        try db.cachedStatement(sql: "UPDATE review_assignment SET status = ?, ended_at = ? WHERE id = ?").execute(
            arguments: [status.rawValue, now.milliseconds, id.text])
    }

    private static func read(_ row: Row) -> ReviewAssignment {
        ReviewAssignment(
            id: row.id("id"), recording: row.id("recording"), reviewer: row.id("reviewer"),
            language: Language(row["language"])!, kind: row.word("kind"), rateCard: row["rate_card"], pay: row.money("pay"),
            status: row.word("status"), assignedAt: row.time("assigned_at"), expiresAt: row.time("expires_at"))
    }
}
