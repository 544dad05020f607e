import Domain
import GRDB

/// What stands out in recordings, for a person to look at.
public enum QualityFlags {
    public struct Record: Hashable, Sendable {
        public var recording: ID<Recording>
        public var flag: QualityFlag
        public var foundAt: Timestamp
    }

    /// Keeps a flag; one that is kept already stays as it is.
    public static func insert(_ flag: QualityFlag, of recording: ID<Recording>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO quality_flag (recording, code, found_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [recording.text, flag.rawValue, now.milliseconds])
    }

    /// The newest recordings first.
    ///
    /// - Parameter page: begins after a recording and a code with a space between.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Record> {
        let position = page.after.map { $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
        let rows = try db.rows(
            """
            SELECT * FROM quality_flag WHERE ?1 IS NULL OR (recording, code) < (?1, ?2)
            ORDER BY recording DESC, code DESC LIMIT ?3
            """, [position?.first, position?.last, page.limit + 1])
        return Page(rows.compactMap(read), limit: page.limit)
    }

    /// Nil for a code that this program does not know.
    private static func read(_ row: Row) -> Record? {
        QualityFlag(rawValue: row["code"]).map {
            Record(recording: row.id("recording"), flag: $0, foundAt: row.time("found_at"))
        }
    }
}
