import Domain
import GRDB

/// Hours wanted, and hours accepted, by cell.
public enum Targets {
    /// Sets the hours wanted of a cell; one target a cell.
    public static func set(_ target: Target, in db: Connection) throws -> Target {
        try db.carryOut(
            """
            INSERT INTO target (id, language, accent, register, setting, emotion, wanted_seconds, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (language, accent, register, setting, emotion)
            DO UPDATE SET wanted_seconds = excluded.wanted_seconds, updated_at = excluded.updated_at
            """,
            StatementArguments([target.id.text]) + StatementArguments(target.cell.columns)
                + StatementArguments([target.wantedSeconds, target.updatedAt.milliseconds]))
        let sql = """
            SELECT * FROM target WHERE language = ? AND accent = ? AND register = ? AND setting = ? AND emotion = ?
            """
        return try db.row(sql, StatementArguments(target.cell.columns)).map(read) ?? target
    }

    /// All targets in the order of their ids, each with what is accepted of its cell.
    public static func scarcities(in db: Connection) throws -> [(target: Target, scarcity: Scarcity)] {
        let sql = """
            SELECT target.*, (
                SELECT coalesce(sum(milliseconds), 0) / 1000 FROM accepted_cell AS accepted
                WHERE accepted.language = target.language
                AND (target.accent = '' OR target.accent = accepted.accent)
                AND (target.register = '' OR target.register = accepted.register)
                AND (target.setting = '' OR target.setting = accepted.setting)
                AND (target.emotion = '' OR target.emotion = accepted.emotion)
            ) AS accepted_seconds
            FROM target ORDER BY id
            """
        return try db.rows(sql).map { row in
            let target = read(row)
            let scarcity = Scarcity(
                cell: target.cell, wantedSeconds: target.wantedSeconds, acceptedSeconds: row["accepted_seconds"])
            return (target, scarcity)
        }
    }

    /// All targets in the order of their ids, each with how much of its cell a snapshot holds.
    public static func held(by snapshot: ID<Snapshot>, in db: Connection) throws -> [(target: Target, heldMilliseconds: Int64)] {
        let sql = """
            SELECT target.*, (
                SELECT coalesce(sum(member.duration_ms), 0)
                FROM snapshot_member AS member JOIN recording ON recording.id = member.recording
                WHERE member.snapshot = ? AND recording.language = target.language
                AND (target.accent = '' OR target.accent = recording.accent)
                AND (target.register = '' OR target.register = recording.register)
                AND (target.setting = '' OR target.setting = recording.setting)
                AND (target.emotion = '' OR target.emotion = recording.emotion)
            ) AS held_ms
            FROM target ORDER BY id
            """
        return try db.rows(sql, [snapshot.text]).map { (read($0), $0["held_ms"]) }
    }

    /// Adds accepted speech to its cell; negative when it is withdrawn.
    public static func addAccepted(milliseconds: Int64, to cell: Cell, in db: Connection) throws {
        // The row is made first: an upsert would hold a withdrawal's negative amount against the CHECK of a new row.
        try db.carryOut(
            """
            INSERT INTO accepted_cell (language, accent, register, setting, emotion, milliseconds)
            VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING
            """, StatementArguments(cell.columns))
        try db.carryOut(
            """
            UPDATE accepted_cell SET milliseconds = milliseconds + ?
            WHERE language = ? AND accent = ? AND register = ? AND setting = ? AND emotion = ?
            """, StatementArguments([milliseconds]) + StatementArguments(cell.columns))
    }

    private static func read(_ row: Row) -> Target {
        Target(
            id: row.id("id"), cell: row.cell, wantedSeconds: row["wanted_seconds"], updatedAt: row.time("updated_at"))
    }
}
