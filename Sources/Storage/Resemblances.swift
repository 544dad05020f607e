import Domain
import GRDB

/// Which recordings are nearly the same as earlier ones.
public enum Resemblances {
    public static func insert(_ resemblance: Resemblance, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO resemblance (recording, earlier, bit_error, is_foreign, found_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                resemblance.recording.text, resemblance.earlier.text, resemblance.bitErrorThousandths, resemblance.isForeign,
                resemblance.foundAt.milliseconds,
            ])
    }

    /// A recording's, the most alike first.
    public static func list(of recording: ID<Recording>, in db: Connection) throws -> [Resemblance] {
        try db.rows("SELECT * FROM resemblance WHERE recording = ? ORDER BY bit_error, earlier", [recording.text]).map(read)
    }

    /// Those with another contributor's recording, the newest first.
    ///
    /// - Parameter page: begins after a recording and its earlier one with a space between.
    public static func flagged(_ page: PageRequest, in db: Connection) throws -> Page<Resemblance> {
        let position = page.after.map { $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
        let rows = try db.rows(
            """
            SELECT * FROM resemblance WHERE is_foreign = 1 AND (?1 IS NULL OR (recording, earlier) < (?1, ?2))
            ORDER BY recording DESC, earlier DESC LIMIT ?3
            """, [position?.first, position?.last, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    private static func read(_ row: Row) -> Resemblance {
        Resemblance(
            recording: row.id("recording"), earlier: row.id("earlier"), bitErrorThousandths: row["bit_error"],
            isForeign: row["is_foreign"], foundAt: row.time("found_at"))
    }
}
