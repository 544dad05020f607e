import Acoustics
import Emotion
import JSON
import Market
import Storage
import Synchronization

/// The emotion model in force, read again when another is activated.
final class ActiveModel: Sendable {
    private let loaded = Mutex<(id: String, model: EmotionModel)?>(nil)

    /// The score of the active model; nil where none is active: a score is never invented.
    func score(_ result: Analyser.Result, in db: Connection) throws -> Measured.EmotionVerdict? {
        guard let record = try Models.active(in: db) else { return nil }
        let model: EmotionModel
        if let known = loaded.withLock({ $0 }), known.id == record.id {
            model = known.model
        } else {
            model = try EmotionModel(bytes: record.file)
            try model.require(featureSet: FeatureSet.name, version: FeatureSet.version)
            loaded.withLock { $0 = (record.id, model) }
        }
        let score = model.score(result.features.values)
        return .init(model: record.id, label: score.label, document: score.json)
    }
}
