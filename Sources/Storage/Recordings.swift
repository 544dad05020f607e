import Domain
import GRDB

public enum Recordings {
    public static func insert(_ recording: Recording, in db: Connection) throws {
        let cell = recording.cell
        try db.carryOut(
            """
            INSERT INTO recording (id, contributor, quote, scenario, sha256, byte_count, media_type, filename, status,
                created_at, language, accent, register, setting, elicitation, emotion)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                recording.id.text, recording.contributor.text, recording.quote.text, recording.scenario?.text,
                recording.sha256, recording.byteCount, recording.mediaType, recording.filename,
                recording.status.rawValue, recording.createdAt.milliseconds, cell.language.tag, cell.accent,
                cell.register?.rawValue, cell.setting?.rawValue, recording.elicitation.rawValue, cell.emotion?.rawValue,
            ])
    }

    public static func find(_ id: ID<Recording>, in db: Connection) throws -> Recording? {
        try db.row("SELECT * FROM recording WHERE id = ?", [id.text]).map(read)
    }

    /// The contributor's recording of these bytes.
    public static func find(
        sha256: String, of contributor: ID<Contributor>, in db: Connection
    ) throws -> Recording? {
        try db.row("SELECT * FROM recording WHERE contributor = ? AND sha256 = ?", [contributor.text, sha256]).map(read)
    }

    /// One contributor's, newest first.
    public static func list(
        of contributor: ID<Contributor>, status: Recording.Status?, _ page: PageRequest, in db: Connection
    ) throws -> Page<Recording> {
        let rows = try db.rows(
            """
            SELECT * FROM recording WHERE contributor = ?1 AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR id < ?3)
            ORDER BY id DESC LIMIT ?4
            """, [contributor.text, status?.rawValue, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    public static func setStatus(_ status: Recording.Status, of id: ID<Recording>, in db: Connection) throws {
        try db.carryOut("UPDATE recording SET status = ? WHERE id = ?", [status.rawValue, id.text])
    }

    /// Writes the outcome of the analysis.
    public static func decide(
        _ id: ID<Recording>, status: Recording.Status, mediaType: String, decision: Recording.Decision, in db: Connection
    ) throws {
        try db.carryOut(
            """
            UPDATE recording SET status = ?, media_type = ?, decided_at = ?, grade = ?, reasons = ?, sample_count = ?,
                sample_rate_hz = ?, duration_ms = ?, weight = ?, snr_db = ?, perceived_emotion = ?, entry = ?
            WHERE id = ?
            """,
            [
                status.rawValue, mediaType, decision.at.milliseconds, decision.grade.rawValue,
                decision.reasons.joined(separator: " "), decision.sampleCount, decision.sampleRateHz,
                decision.durationMilliseconds, decision.weight, decision.snrDecibels, decision.perceivedEmotion,
                decision.entry, id.text,
            ])
    }

    public static func withdraw(_ id: ID<Recording>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("UPDATE recording SET status = 'withdrawn', withdrawn_at = ? WHERE id = ?", [now.milliseconds, id.text])
    }

    static func read(_ row: Row) -> Recording {
        Recording(
            id: row.id("id"), contributor: row.id("contributor"), quote: row.id("quote"),
            scenario: (row["scenario"] as String?).map { ID(stored: $0) }, sha256: row["sha256"],
            byteCount: row["byte_count"], mediaType: row["media_type"], filename: row["filename"],
            status: row.word("status"), createdAt: row.time("created_at"), cell: row.cell,
            elicitation: row.word("elicitation"), decision: decision(row), perception: perception(row),
            withdrawnAt: row.optionalTime("withdrawn_at"))
    }

    private static func perception(_ row: Row) -> Perception? {
        guard let emotion: Emotion = row.optionalWord("heard_emotion"), let agreement: Int64 = row["agreement"] else {
            return nil
        }
        return Perception(emotion: emotion, agreement: Factor(thousandths: agreement), reviewCount: row["heard_count"])
    }

    private static func decision(_ row: Row) -> Recording.Decision? {
        guard let at = row.optionalTime("decided_at") else { return nil }
        return Recording.Decision(
            at: at, grade: row.word("grade"),
            reasons: (row["reasons"] as String? ?? "").split(separator: " ").map(String.init),
            sampleCount: row["sample_count"], sampleRateHz: row["sample_rate_hz"],
            durationMilliseconds: row["duration_ms"], weight: row["weight"], snrDecibels: row["snr_db"],
            perceivedEmotion: row["perceived_emotion"], entry: row["entry"])
    }
}
