import Acoustics
import Emotion
import JSON
import Logging
import Market
import Storage
import Synchronization

/// The emotion model in force, read again when another is activated.
final class ActiveModel: Sendable {
    /// Nil for one that was fitted on other features than the program measures.
    private let loaded = Mutex<(id: String, model: EmotionModel?)?>(nil)
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// The score of the active model; nil where none is active, or where it does not fit the features: a score is never
    /// invented, and pay does not wait for one.
    func score(_ result: Analyser.Result, in db: Connection) throws -> Measured.EmotionVerdict? {
        guard let record = try Models.active(in: db), let model = try model(of: record) else { return nil }
        let score = model.score(result.features.values)
        return .init(model: record.id, label: score.label, document: score.json)
    }

    private func model(of record: Models.Record) throws -> EmotionModel? {
        if let known = loaded.withLock({ $0 }), known.id == record.id { return known.model }
        let model = try EmotionModel(bytes: record.file)
        do {
            try model.require(featureSet: FeatureSet.name, version: FeatureSet.version)
            loaded.withLock { $0 = (record.id, model) }
            return model
        } catch {
            logger.warning("recordings get no emotion scores: \(error)", metadata: ["model": "\(record.id)"])
            loaded.withLock { $0 = (record.id, nil) }
            return nil
        }
    }
}
