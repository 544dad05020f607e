import Domain
import GRDB

/// Second looks over the catalogue; at most one runs.
public enum Reanalyses {
    public static func insert(_ reanalysis: Reanalysis, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO reanalysis (id, analyser, state, started_by, started_at, recording_count)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                reanalysis.id.text, reanalysis.analyser, reanalysis.state.rawValue, reanalysis.startedBy,
                reanalysis.startedAt.milliseconds, reanalysis.recordingCount,
            ])
    }

    public static func find(_ id: ID<Reanalysis>, in db: Connection) throws -> Reanalysis? {
        try db.row("SELECT * FROM reanalysis WHERE id = ?", [id.text]).map(read)
    }

    public static func running(in db: Connection) throws -> Reanalysis? {
        try db.row("SELECT * FROM reanalysis WHERE state = 'running'").map(read)
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Reanalysis> {
        let rows = try db.rows(
            "SELECT * FROM reanalysis WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2", [page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Accepted recordings that this analyser has not measured.
    public static func countUnmeasured(by analyser: String, in db: Connection) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT count(*) FROM recording WHERE \(unmeasured)", arguments: [analyser]) ?? 0
    }

    /// The next of them behind a position, in the order of their ids.
    public static func unmeasured(
        by analyser: String, after position: String, limit: Int, in db: Connection
    ) throws -> [ID<Recording>] {
        try Row.fetchAll(
            db, sql: "SELECT id FROM recording WHERE id > ?2 AND \(unmeasured) ORDER BY id LIMIT ?3",
            arguments: [analyser, position, limit]
        ).map { $0.id("id") }
    }

    private static let unmeasured = """
        status = 'accepted'
        AND NOT EXISTS (SELECT 1 FROM analysis WHERE analysis.recording = recording.id AND analysis.analyser = ?1)
        """

    public static func advance(_ id: ID<Reanalysis>, to position: String, in db: Connection) throws {
        try db.carryOut("UPDATE reanalysis SET position = ? WHERE id = ?", [position, id.text])
    }

    /// From the first recording on again, with another analyser.
    public static func beginAgain(
        _ id: ID<Reanalysis>, analyser: String, recordingCount: Int64, in db: Connection
    ) throws {
        try db.carryOut(
            """
            UPDATE reanalysis SET analyser = ?, recording_count = ?, position = '', measured_count = 0, failed_count = 0
            WHERE id = ?
            """, [analyser, recordingCount, id.text])
    }

    /// Takes a failure of the one that runs back: its job is tried again, and counted then.
    public static func uncountFailure(in db: Connection) throws {
        try db.carryOut(
            "UPDATE reanalysis SET failed_count = failed_count - 1 WHERE state = 'running' AND failed_count > 0")
    }

    /// Counts one recording of the one that runs.
    public static func count(measured: Bool, in db: Connection) throws {
        try db.carryOut(
            """
            UPDATE reanalysis SET measured_count = measured_count + ?1, failed_count = failed_count + 1 - ?1
            WHERE state = 'running'
            """, [measured ? 1 : 0])
    }

    public static func end(_ id: ID<Reanalysis>, _ state: Reanalysis.State, at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "UPDATE reanalysis SET state = ?, ended_at = ? WHERE id = ?", [state.rawValue, now.milliseconds, id.text])
    }

    private static func read(_ row: Row) -> Reanalysis {
        Reanalysis(
            id: row.id("id"), analyser: row["analyser"], state: row.word("state"), startedBy: row["started_by"],
            startedAt: row.time("started_at"), endedAt: row.optionalTime("ended_at"), recordingCount: row["recording_count"],
            position: row["position"], measuredCount: row["measured_count"], failedCount: row["failed_count"])
    }
}
