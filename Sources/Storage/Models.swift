import Domain
import Foundation
import GRDB

/// The registry of emotion models.
public enum Models {
    public struct Record: Sendable {
        public let id: String
        public let sha256: String
        public let file: [UInt8]
        public let addedAt: Timestamp
        public let isActive: Bool
    }

    /// Adds a model file; the same bytes again change nothing.
    public static func insert(id: String, sha256: String, file: [UInt8], at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO emotion_model (id, sha256, file, added_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [id, sha256, Data(file), now.milliseconds])
    }

    public static func find(_ id: String, in db: Connection) throws -> Record? {
        let active = try activeID(in: db)
        return try db.row("SELECT * FROM emotion_model WHERE id = ?", [id]).map { read($0, active: active) }
    }

    /// Whether a file of this hash, in hexadecimal, is registered.
    public static func isKnown(sha256: String, in db: Connection) throws -> Bool {
        try db.row("SELECT 1 FROM emotion_model WHERE sha256 = ?", [sha256]) != nil
    }

    /// The id of the one in force, without reading its file.
    public static func activeID(in db: Connection) throws -> String? {
        try db.row("SELECT model FROM model_activation ORDER BY sequence DESC LIMIT 1")?["model"]
    }

    public static func active(in db: Connection) throws -> Record? { try all(in: db).first(where: \.isActive) }

    public static func all(in db: Connection) throws -> [Record] {
        let active = try activeID(in: db)
        return try db.rows("SELECT * FROM emotion_model ORDER BY added_at, id").map { read($0, active: active) }
    }

    private static func read(_ row: Row, active: String?) -> Record {
        Record(
            id: row["id"], sha256: row["sha256"], file: [UInt8](row["file"] as Data), addedAt: row.time("added_at"),
            isActive: row["id"] == active)
    }

    /// - Parameter earlier: the activation that is gone back to; nil for one of its own.
    public static func activate(
        _ id: String?, backTo earlier: Activation? = nil, at now: Timestamp, in db: Connection
    ) throws {
        try db.carryOut(
            "INSERT INTO model_activation (model, activated_at, back_to) VALUES (?, ?, ?)",
            [id, now.milliseconds, earlier?.sequence])
    }

    /// A row of the history.
    public struct Activation: Sendable {
        let sequence: Int64
        /// nil for none.
        public let model: String?
        let backTo: Int64?
    }

    /// The activations, oldest first.
    public static func history(in db: Connection) throws -> [Activation] {
        try db.rows("SELECT * FROM model_activation ORDER BY sequence").map {
            Activation(sequence: $0["sequence"], model: $0["model"], backTo: $0["back_to"])
        }
    }

    /// The activations that led to the one in force, oldest first: those that were gone back from are not among them.
    public static func path(in db: Connection) throws -> [Activation] {
        try history(in: db).reduce(into: []) { path, row in
            guard let earlier = row.backTo else { return path.append(row) }
            while let last = path.last, last.sequence != earlier { path.removeLast() }
        }
    }
}
