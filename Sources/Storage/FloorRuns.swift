import Domain
import GRDB

public enum FloorRuns {
    private static let columns = """
        floor_run.*, (SELECT count(*) FROM floor_period WHERE run = floor_run.id) AS periods,
        (SELECT count(*) FROM floor_period WHERE run = floor_run.id AND top_up > 0) AS top_ups,
        (SELECT coalesce(sum(top_up), 0) FROM floor_period WHERE run = floor_run.id) AS micros
        """

    public static func insert(_ run: FloorRun, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO floor_run (id, admin, until, started_at) VALUES (?, ?, ?, ?)",
            [run.id.text, run.admin, run.until.milliseconds, run.startedAt.milliseconds])
    }

    public static func end(_ id: ID<FloorRun>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("UPDATE floor_run SET ended_at = ? WHERE id = ? AND ended_at IS NULL", [now.milliseconds, id.text])
    }

    public static func find(_ id: ID<FloorRun>, in db: Connection) throws -> FloorRun? {
        try db.row("SELECT \(columns) FROM floor_run WHERE id = ?", [id.text]).map(read)
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<FloorRun> {
        let rows = try db.rows(
            "SELECT \(columns) FROM floor_run WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Whether a nightly run up to this moment has gone through.
    public static func hasNightly(until moment: Timestamp, in db: Connection) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM floor_run WHERE admin IS NULL AND until = ? AND ended_at IS NOT NULL)"
        return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: [moment.milliseconds])!
    }

    private static func read(_ row: Row) -> FloorRun {
        FloorRun(
            id: row.id("id"), admin: row["admin"], until: row.time("until"), startedAt: row.time("started_at"),
            endedAt: row.optionalTime("ended_at"), periodCount: row["periods"], topUpCount: row["top_ups"],
            topUpMicros: row["micros"])
    }
}
