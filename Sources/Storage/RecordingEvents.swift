import Domain
import GRDB

/// News of recordings, in order.
public enum RecordingEvents {
    public struct Record: Sendable {
        public let sequence: Int64
        public let recording: ID<Recording>
        public let at: Timestamp
        public let kind: String
        /// JSON.
        public let data: String
    }

    @discardableResult
    public static func append(
        _ kind: String, data: String, of recording: ID<Recording>, at now: Timestamp, in db: Connection
    ) throws -> Record {
        try db.carryOut(
            "INSERT INTO recording_event (recording, at, kind, data) VALUES (?, ?, ?, ?)",
            [recording.text, now.milliseconds, kind, data])
        return Record(sequence: db.lastInsertedRowID, recording: recording, at: now, kind: kind, data: data)
    }

    public static func list(of recording: ID<Recording>, after sequence: Int64, in db: Connection) throws -> [Record] {
        try db.rows(
            "SELECT * FROM recording_event WHERE recording = ? AND sequence > ? ORDER BY sequence", [recording.text, sequence]
        ).map {
            Record(
                sequence: $0["sequence"], recording: $0.id("recording"), at: $0.time("at"), kind: $0["kind"], data: $0["data"])
        }
    }
}
