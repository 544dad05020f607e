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
        try all(in: db).first { $0.id == id }
    }

    /// The id of the one in force, without reading its file.
    public static func activeID(in db: Connection) throws -> String? {
        try db.row("SELECT model FROM model_activation ORDER BY sequence DESC LIMIT 1")?["model"]
    }

    public static func active(in db: Connection) throws -> Record? { try all(in: db).first(where: \.isActive) }

    public static func all(in db: Connection) throws -> [Record] {
        let active = try activeID(in: db)
        return try db.rows("SELECT * FROM emotion_model ORDER BY added_at, id").map {
            Record(
                id: $0["id"], sha256: $0["sha256"], file: [UInt8]($0["file"] as Data), addedAt: $0.time("added_at"),
                isActive: $0["id"] == active)
        }
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
