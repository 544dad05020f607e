import Domain
import GRDB

/// Sessions of work and their metered spans.
public enum WorkSessions {
    public static func insert(_ session: WorkSession, in db: Connection) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO work_session (id, contributor, kind, scenario, elicitation, started_at, last_activity_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            session.id.text, session.contributor.text, session.kind.rawValue, session.scenario?.text,
            session.elicitation?.rawValue, session.startedAt.milliseconds, session.lastActivityAt.milliseconds,
        ])
    }

    public static func find(_ id: ID<WorkSession>, in db: Connection) throws -> WorkSession? {
        try db.row("SELECT * FROM work_session WHERE id = ?", [id.text]).map(read)
    }

    /// One contributor's, newest first.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<WorkSession> {
        let rows = try db.rows(
            "SELECT * FROM work_session WHERE contributor = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            [contributor.text, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Those of a contributor that have not ended, newest first.
    public static func open(of contributor: ID<Contributor>, in db: Connection) throws -> [WorkSession] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM work_session WHERE contributor = ? AND ended_at IS NULL ORDER BY id DESC")
        return try Row.fetchAll(statement, arguments: [contributor.text]).map(read)
    }

    /// Everybody's that have had no activity since a moment.
    public static func idle(since moment: Timestamp, in db: Connection) throws -> [WorkSession] {
        try db.rows("SELECT * FROM work_session WHERE ended_at IS NULL AND last_activity_at < ?", [moment.milliseconds]).map(read)
    }

    /// Notes activity at a moment that is not before the last, and the span that counts since then.
    public static func touch(_ session: WorkSession, _ span: WorkedSpan?, at now: Timestamp, in db: Connection) throws {
        guard let span, now > session.lastActivityAt else { return }
        try db.cachedStatement(
            sql: """
                UPDATE work_session SET last_activity_at = ?, worked_milliseconds = worked_milliseconds + ? WHERE id = ?
                """
        ).execute(arguments: [now.milliseconds, span.milliseconds, session.id.text])
        guard span.milliseconds > 0 else { return }
        try db.cachedStatement(sql: "UPDATE worked_span SET until_at = ? WHERE session = ? AND until_at = ?").execute(arguments: [
            span.until.milliseconds, session.id.text, span.from.milliseconds,
        ])
        guard db.changesCount == 0 else { return }
        try db.cachedStatement(sql: "INSERT INTO worked_span (session, contributor, from_at, until_at) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                session.id.text, session.contributor.text, span.from.milliseconds, span.until.milliseconds,
            ])
    }

    public static func end(_ id: ID<WorkSession>, at now: Timestamp, in db: Connection) throws {
        try db.cachedStatement(sql: "UPDATE work_session SET ended_at = ? WHERE id = ? AND ended_at IS NULL").execute(arguments: [
            now.milliseconds, id.text,
        ])
    }

    /// Puts an upload into a session. A session of several kinds of elicitation measures none of them.
    public static func add(
        _ recording: ID<Recording>, of elicitation: Elicitation, to session: WorkSession, in db: Connection
    ) throws {
        try db.cachedStatement(sql: "UPDATE recording SET work_session = ? WHERE id = ?").execute(arguments: [
            session.id.text, recording.text,
        ])
        try db.cachedStatement(
            sql: """
                UPDATE work_session SET elicitation = coalesce(elicitation, ?1),
                    is_mixed = is_mixed OR (elicitation IS NOT NULL AND elicitation <> ?1)
                WHERE id = ?2
                """
        ).execute(arguments: [elicitation.rawValue, session.id.text])
    }

    /// Adds accepted speech to the session in which it was uploaded, if any; answers the session.
    public static func addFinished(
        milliseconds: Int64, of recording: ID<Recording>, in db: Connection
    ) throws -> WorkSession? {
        let sql =
            "SELECT work_session.* FROM recording JOIN work_session ON work_session.id = work_session WHERE recording.id = ?"
        guard let session = try Row.fetchOne(db, sql: sql, arguments: [recording.text]).map(read) else { return nil }
        try db.cachedStatement(sql: "UPDATE work_session SET finished_milliseconds = finished_milliseconds + ? WHERE id = ?")
            .execute(arguments: [milliseconds, session.id.text])
        return session
    }

    /// Newest finished sessions that a median is taken of.
    private static let medianSessionsMax = 200

    /// Worked over finished time in thousandths, one for each of the newest finished sessions of a kind.
    public static func ratios(of elicitation: Elicitation, in db: Connection) throws -> [Int64] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT worked_milliseconds, finished_milliseconds FROM work_session
                WHERE elicitation = ? AND ended_at IS NOT NULL AND kind = 'recording' AND is_mixed = 0
                    AND finished_milliseconds > 0
                ORDER BY ended_at DESC LIMIT \(medianSessionsMax)
                """)
        return try Row.fetchAll(statement, arguments: [elicitation.rawValue]).map { row in
            let worked: Int64 = row["worked_milliseconds"]
            let finished: Int64 = row["finished_milliseconds"]
            return Int64(clamping: Rounding.halfToEven(Int128(worked) * 1000, over: Int128(finished)))
        }
    }

    private static func read(_ row: Row) -> WorkSession {
        WorkSession(
            id: row.id("id"), contributor: row.id("contributor"), kind: row.word("kind"),
            scenario: (row["scenario"] as String?).map { ID(stored: $0) }, elicitation: row.optionalWord("elicitation"),
            startedAt: row.time("started_at"), lastActivityAt: row.time("last_activity_at"),
            endedAt: row.optionalTime("ended_at"), workedMilliseconds: row["worked_milliseconds"],
            finishedMilliseconds: row["finished_milliseconds"])
    }
}
