import Domain
import Foundation
import GRDB

/// What the pool measured, kept by version of the analyser. The documents are JSON texts written by `Analysis`.
public enum Analyses {
    public struct Record: Sendable {
        public var recording: ID<Recording>
        public var analyser: String
        /// By the wall clock, but always later than the recording's earlier analyses: `insert` sees to it.
        public var measuredAt: Timestamp
        /// Format, quality and checks.
        public var document: String
        /// Feature names and values; nil where nothing could be decoded.
        public var features: String?
        /// The emotion score; nil without an active model.
        public var emotion: String?
        /// The model that scored.
        public var model: String?
        /// What emotion models are given; nil where nothing could be decoded, and in rows of earlier programs.
        public var vector: FeatureValues?

        public init(
            recording: ID<Recording>, analyser: String, measuredAt: Timestamp, document: String, features: String?,
            emotion: String?, model: String?, vector: FeatureValues? = nil
        ) {
            self.recording = recording
            self.analyser = analyser
            self.measuredAt = measuredAt
            self.document = document
            self.features = features
            self.emotion = emotion
            self.model = model
            self.vector = vector
        }
    }

    /// Keeps an analysis as the newest of its recording. Where the clock was set back since the one before, it is dated a
    /// millisecond after that: which one decided the recording must not follow the clock.
    public static func insert(_ analysis: Record, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO analysis (recording, analyser, measured_at, document, features, emotion, model,
                feature_set, vector)
            VALUES (?1, ?2, max(?3, ifnull((SELECT max(measured_at) + 1 FROM analysis WHERE recording = ?1), ?3)),
                ?4, ?5, ?6, ?7, ?8, ?9)
            """,
            [
                analysis.recording.text, analysis.analyser, analysis.measuredAt.milliseconds, analysis.document,
                analysis.features, analysis.emotion, analysis.model, analysis.vector?.featureSet,
                analysis.vector.map { Data($0.bytes) },
            ])
    }

    /// The analysis by which a recording was decided: its first.
    public static func deciding(_ recording: ID<Recording>, in db: Connection) throws -> Record? {
        try all(of: recording, in: db).first
    }

    /// All analyses of a recording, in the order in which they were made.
    public static func all(of recording: ID<Recording>, in db: Connection) throws -> [Record] {
        try db.rows("SELECT * FROM analysis WHERE recording = ? ORDER BY measured_at, analyser", [recording.text]).map {
            Record(
                recording: $0.id("recording"), analyser: $0["analyser"], measuredAt: $0.time("measured_at"),
                document: $0["document"], features: $0["features"], emotion: $0["emotion"], model: $0["model"],
                vector: vector($0))
        }
    }

    /// The vectors of a contributor's accepted recordings before one, the newest first: of each recording the one that was
    /// measured last.
    public static func vectors(
        of contributor: ID<Contributor>, before recording: ID<Recording>, featureSet: String, limit: Int, in db: Connection
    ) throws -> [FeatureValues] {
        try db.rows(
            """
            SELECT analysis.feature_set, analysis.vector FROM recording INDEXED BY recording_by_contributor
            JOIN analysis ON analysis.recording = recording.id AND analysis.analyser = (
                SELECT analyser FROM analysis AS newest
                WHERE newest.recording = recording.id AND newest.feature_set = ?3
                ORDER BY newest.measured_at DESC LIMIT 1)
            WHERE recording.contributor = ?1 AND recording.id < ?2 AND recording.status = 'accepted'
            ORDER BY recording.id DESC LIMIT ?4
            """, [contributor.text, recording.text, featureSet, limit]
        ).compactMap(vector)
    }

    private static func vector(_ row: Row) -> FeatureValues? {
        guard let featureSet: String = row["feature_set"], let bytes: Data = row["vector"] else { return nil }
        return FeatureValues(featureSet: featureSet, bytes: [UInt8](bytes))
    }
}
