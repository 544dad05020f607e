import Domain
import GRDB

/// What the pool measured, kept by version of the analyser. The documents are JSON texts written by `Analysis`.
public enum Analyses {
    public struct Record: Sendable {
        public var recording: ID<Recording>
        public var analyser: String
        public var measuredAt: Timestamp
        /// Format, quality and checks.
        public var document: String
        /// Feature names and values; nil where nothing could be decoded.
        public var features: String?
        /// The emotion score; nil without an active model.
        public var emotion: String?
        /// The model that scored.
        public var model: String?

        public init(
            recording: ID<Recording>, analyser: String, measuredAt: Timestamp, document: String, features: String?,
            emotion: String?, model: String?
        ) {
            self.recording = recording
            self.analyser = analyser
            self.measuredAt = measuredAt
            self.document = document
            self.features = features
            self.emotion = emotion
            self.model = model
        }
    }

    public static func insert(_ analysis: Record, in db: Connection) throws {
        try db.execute(
            sql: """
                INSERT INTO analysis (recording, analyser, measured_at, document, features, emotion, model)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                analysis.recording.text, analysis.analyser, analysis.measuredAt.milliseconds, analysis.document,
                analysis.features, analysis.emotion, analysis.model,
            ])
    }

    /// The newest analysis of a recording.
    public static func latest(of recording: ID<Recording>, in db: Connection) throws -> Record? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM analysis WHERE recording = ? ORDER BY measured_at DESC LIMIT 1", arguments: [recording.text]
        ).map {
            Record(
                recording: $0.id("recording"), analyser: $0["analyser"], measuredAt: $0.time("measured_at"),
                document: $0["document"], features: $0["features"], emotion: $0["emotion"], model: $0["model"])
        }
    }
}
