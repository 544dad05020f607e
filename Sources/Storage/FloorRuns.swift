import Domain
import GRDB

public enum FloorRuns {
    private static let columns = """
        floor_run.*, (SELECT count(*) FROM floor_period WHERE run = floor_run.id) AS periods,
        (SELECT count(*) FROM floor_period WHERE run = floor_run.id AND top_up > 0) AS top_ups,
        (SELECT coalesce(sum(top_up), 0) FROM floor_period WHERE run = floor_run.id) AS micros
        """

    public static func insert(_ run: FloorRun, in db: Connection) throws {
        try db.execute(
            sql: "INSERT INTO floor_run (id, admin, until, started_at) VALUES (?, ?, ?, ?)",
            arguments: [run.id.text, run.admin, run.until.milliseconds, run.startedAt.milliseconds])
    }

    public static func end(_ id: ID<FloorRun>, at now: Timestamp, in db: Connection) throws {
        try db.execute(
            sql: "UPDATE floor_run SET ended_at = ? WHERE id = ? AND ended_at IS NULL", arguments: [now.milliseconds, id.text])
    }

    public static func find(_ id: ID<FloorRun>, in db: Connection) throws -> FloorRun? {
        try Row.fetchOne(db, sql: "SELECT \(columns) FROM floor_run WHERE id = ?", arguments: [id.text]).map(read)
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<FloorRun> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT \(columns) FROM floor_run WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            arguments: [page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Whether a nightly run up to this moment has gone through.
    public static func hasNightly(until moment: Timestamp, in db: Connection) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM floor_run WHERE admin IS NULL AND until = ? AND ended_at IS NOT NULL)"
        return try Bool.fetchOne(db, sql: sql, arguments: [moment.milliseconds])!
    }

    private static func read(_ row: Row) -> FloorRun {
        FloorRun(
            id: row.id("id"), admin: row["admin"], until: row.time("until"), startedAt: row.time("started_at"),
            endedAt: row.optionalTime("ended_at"), periodCount: row["periods"], topUpCount: row["top_ups"],
            topUpMicros: row["micros"])
    }
}
