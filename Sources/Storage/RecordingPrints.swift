import Domain
import Foundation
import GRDB

/// Prints, at most one a recording.
public enum RecordingPrints {
    /// Keeps a recording's print in place of an older one's.
    public static func save(_ print: RecordingPrint, of recording: ID<Recording>, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO recording_print (recording, version, print) VALUES (?1, ?2, ?3)
            ON CONFLICT (recording) DO UPDATE SET version = excluded.version, print = excluded.print
            """, [recording.text, print.version, Data(print.bytes)])
    }

    public static func find(_ recording: ID<Recording>, in db: Connection) throws -> RecordingPrint? {
        try db.row("SELECT version, print FROM recording_print WHERE recording = ?", [recording.text]).map(read)
    }

    private static let ofAccepted = """
        FROM recording_print JOIN recording ON recording.id = recording_print.recording
        WHERE recording_print.version = ? AND recording.grade <> 'rejected'
        """

    /// How many bytes the prints of a version have that were accepted.
    public static func byteCount(version: Int64, in db: Connection) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT coalesce(sum(length(print)), 0) \(ofAccepted)", arguments: [version]) ?? 0
    }

    /// Reads the prints of a version of recordings that were accepted, withdrawn ones among them, one after the other.
    public static func forEach(
        version: Int64, in db: Connection, _ body: (ID<Recording>, RecordingPrint) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT recording_print.recording, version, print \(ofAccepted)", arguments: [version])
        while let row = try rows.next() { try body(row.id("recording"), read(row)) }
    }

    private static func read(_ row: Row) -> RecordingPrint {
        RecordingPrint(version: row["version"], bytes: [UInt8](row["print"] as Data))
    }
}
