import Domain
import GRDB

public enum Appeals {
    public static func insert(_ appeal: Appeal, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO appeal (id, recording, contributor, language, text, rejected_for, days, verdicts, rules_grade, status,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                appeal.id.text, appeal.recording.text, appeal.contributor.text, appeal.language.tag, appeal.text,
                appeal.rejectedFor.joined(separator: " "), appeal.rules.days, appeal.rules.verdicts,
                appeal.rules.grade.rawValue, appeal.status.rawValue, appeal.createdAt.milliseconds,
            ])
    }

    public static func find(_ id: ID<Appeal>, in db: Connection) throws -> Appeal? {
        try db.row("SELECT * FROM appeal WHERE id = ?", [id.text]).map(read)
    }

    public static func find(of recording: ID<Recording>, in db: Connection) throws -> Appeal? {
        try db.row("SELECT * FROM appeal WHERE recording = ?", [recording.text]).map(read)
    }

    /// Oldest first.
    public static func list(status: Appeal.Status?, _ page: PageRequest, in db: Connection) throws -> Page<Appeal> {
        let rows = try db.rows(
            "SELECT * FROM appeal WHERE (?1 IS NULL OR status = ?1) AND id > ?2 ORDER BY id LIMIT ?3",
            [status?.rawValue, page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Ends an open appeal.
    public static func decide(
        _ id: ID<Appeal>, _ status: Appeal.Status, _ decision: Appeal.Decision, in db: Connection
    ) throws {
        try db.carryOut(
            "UPDATE appeal SET status = ?, decided_at = ?, admin = ?, grade = ?, reasons = ? WHERE id = ?",
            [
                status.rawValue, decision.at.milliseconds, decision.admin, decision.grade?.rawValue,
                decision.reasons.joined(separator: "\n"), id.text,
            ])
    }

    /// Ends what is open about a recording that its contributor withdraws.
    public static func withdraw(of recording: ID<Recording>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "UPDATE appeal SET status = 'withdrawn', decided_at = ? WHERE recording = ? AND status = 'open'",
            [now.milliseconds, recording.text])
    }

    private static func read(_ row: Row) -> Appeal {
        let reasons = (row["reasons"] as String? ?? "").split(separator: "\n").map(String.init)
        return Appeal(
            id: row.id("id"), recording: row.id("recording"), contributor: row.id("contributor"),
            language: Language(row["language"])!, text: row["text"],
            rejectedFor: (row["rejected_for"] as String).split(separator: " ").map(String.init),
            rules: AppealRules(days: row["days"], verdicts: row["verdicts"], grade: row.word("rules_grade")),
            status: row.word("status"), createdAt: row.time("created_at"),
            decision: row.optionalTime("decided_at").map {
                .init(at: $0, admin: row["admin"], grade: row.optionalWord("grade"), reasons: reasons)
            })
    }
}
