import Domain
import GRDB

/// The durable queue.
public enum Jobs {
    public static func insert(_ id: ID<Job>, _ kind: Job.Kind, subject: String, at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO job (id, kind, subject, state, created_at, priority) VALUES (?, ?, ?, 'waiting', ?, ?)",
            [id.text, kind.rawValue, subject, now.milliseconds, kind.priority])
    }

    /// Takes the oldest free job of the first priority; one whose lease ran out is free. Attempts count leases.
    public static func lease(
        as token: String, at now: Timestamp, until deadline: Timestamp, in db: Connection
    ) throws -> Job? {
        guard var job = try next(at: now, in: db) else { return nil }
        try db.carryOut(
            "UPDATE job SET state = 'leased', lease = ?, leased_until = ?, attempts = attempts + 1 WHERE id = ?",
            [token, deadline.milliseconds, job.id.text])
        job.state = .leased
        job.lease = token
        job.attempts += 1
        return job
    }

    /// The job that would be leased, as it is.
    public static func next(at now: Timestamp, in db: Connection) throws -> Job? {
        let sql = """
            SELECT * FROM job
            WHERE state IN ('waiting', 'leased') AND (state = 'waiting' OR leased_until < ?)
            ORDER BY priority, id LIMIT 1
            """
        return try db.row(sql, [now.milliseconds]).map(read)
    }

    /// Holds a job for longer; false when the lease was lost.
    public static func renew(_ id: ID<Job>, lease: String, until deadline: Timestamp, in db: Connection) throws -> Bool {
        try db.carryOut(
            "UPDATE job SET leased_until = ? WHERE id = ? AND state = 'leased' AND lease = ?",
            [deadline.milliseconds, id.text, lease])
        return db.changesCount == 1
    }

    /// Whether a job is held under a lease, which others may take where it ran out.
    public static func isHeld(_ id: ID<Job>, lease: String, in db: Connection) throws -> Bool {
        try db.row("SELECT 1 FROM job WHERE id = ? AND state = 'leased' AND lease = ?", [id.text, lease]) != nil
    }

    /// Frees every lease, and counts a crash for each: nobody holds one when the only process has just started.
    public static func releaseAll(in db: Connection) throws -> Int {
        try db.carryOut(
            """
            UPDATE job SET state = 'waiting', lease = NULL, leased_until = NULL, crashes = crashes + 1 WHERE state = 'leased'
            """)
        return db.changesCount
    }

    /// Frees a job as if it had not been taken; false when the lease was lost.
    public static func handBack(_ id: ID<Job>, lease: String, in db: Connection) throws -> Bool {
        try db.carryOut(
            """
            UPDATE job SET state = 'waiting', lease = NULL, leased_until = NULL, attempts = attempts - 1
            WHERE id = ? AND state = 'leased' AND lease = ?
            """, [id.text, lease])
        return db.changesCount == 1
    }

    /// Ends a job; false when the lease was lost, and then nothing that depends on it may be kept.
    public static func end(
        _ id: ID<Job>, lease: String, state: Job.State, error: String? = nil, at now: Timestamp, in db: Connection
    ) throws -> Bool {
        try db.carryOut(
            """
            UPDATE job SET state = ?, lease = NULL, leased_until = NULL, ended_at = ?, last_error = ?
            WHERE id = ? AND state = 'leased' AND lease = ?
            """,
            [
                state.rawValue, state == .waiting ? nil : now.milliseconds, error, id.text, lease,
            ])
        return db.changesCount == 1
    }

    public static func find(_ id: ID<Job>, in db: Connection) throws -> Job? {
        try db.row("SELECT * FROM job WHERE id = ?", [id.text]).map(read)
    }

    /// Gives a failed job another round.
    public static func retry(_ id: ID<Job>, in db: Connection) throws -> Bool {
        try db.carryOut(
            "UPDATE job SET state = 'waiting', attempts = 0, crashes = 0, ended_at = NULL WHERE id = ? AND state = 'failed'",
            [id.text])
        return db.changesCount == 1
    }

    public static func list(state: Job.State?, _ page: PageRequest, in db: Connection) throws -> Page<Job> {
        let rows = try db.rows(
            "SELECT * FROM job WHERE (?1 IS NULL OR state = ?1) AND id > ?2 ORDER BY id LIMIT ?3",
            [state?.rawValue, page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Forgets a job that nobody needs to know of any more; false when the lease was lost.
    public static func remove(_ id: ID<Job>, lease: String, in db: Connection) throws -> Bool {
        try db.carryOut("DELETE FROM job WHERE id = ? AND state = 'leased' AND lease = ?", [id.text, lease])
        return db.changesCount == 1
    }

    /// Forgets all of a kind, also those that are leased: their results won't be kept.
    public static func removeAll(_ kind: Job.Kind, in db: Connection) throws {
        try db.carryOut("DELETE FROM job WHERE kind = ?", [kind.rawValue])
    }

    /// Those of a kind that wait or are worked on.
    public static func countOpen(_ kind: Job.Kind, in db: Connection) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM job WHERE state IN ('waiting', 'leased') AND kind = ?"),
            arguments: [kind.rawValue])
            ?? 0
    }

    public static func countOpen(in db: Connection) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM job WHERE state IN ('waiting', 'leased')")) ?? 0
    }

    private static func read(_ row: Row) -> Job {
        Job(
            id: row.id("id"), kind: row.word("kind"), subject: row["subject"], state: row.word("state"),
            attempts: row["attempts"], lease: row["lease"], createdAt: row.time("created_at"), lastError: row["last_error"],
            crashes: row["crashes"])
    }
}
