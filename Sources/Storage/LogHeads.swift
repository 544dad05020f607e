import Domain
import Foundation
import GRDB
import Ledger

/// The signed heads of the log, oldest kept for ever.
public enum LogHeads {
    public struct Record: Sendable {
        public let size: Int64
        public let root: [UInt8]
        /// The signed note.
        public let note: String
        public let signedAt: Timestamp
    }

    /// Signs the present tree if it has grown since the last head; to be called at the end of each commit.
    ///
    /// - Parameter sign: makes the signed note of a head.
    public static func sign(at now: Timestamp, in db: Connection, _ sign: (Checkpoint) -> String) throws {
        let log = Log(db)
        let tail = try LogTail.take(in: log)
        tail.keep()
        let size = tail.frontier.size
        guard size > 0, try !db.has("SELECT 1 FROM log_head WHERE size >= ?", Bound(size)) else { return }
        let checkpoint = Checkpoint(origin: try log.origin(), size: size, root: tail.frontier.root)
        try db.run(
            "INSERT INTO log_head (size, root, note, signed_at) VALUES (?, ?, ?, ?)", Bound(size), Bound(checkpoint.root),
            Bound(sign(checkpoint)), Bound(now.milliseconds))
    }

    /// The newest; nil before anything is in the log.
    public static func newest(in db: Connection) throws -> Record? {
        try db.row("SELECT * FROM log_head ORDER BY size DESC LIMIT 1").map(read)
    }

    static func read(_ row: Row) throws -> Record {
        Record(
            size: try row.value("size"), root: [UInt8](try row.value("root") as Data), note: try row.value("note"),
            signedAt: Timestamp(milliseconds: try row.value("signed_at")))
    }
}
