import Domain
import Emotion
import JSON
import Logging
import Market
import Storage
import Synchronization

/// The emotion model in force, read again when another is activated.
final class ActiveModel: Sendable {
    /// Its model is nil for one that can't be read, or that was fitted on other features than the program measures.
    private let loaded = Mutex<(id: String, model: EmotionModel?)?>(nil)
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// The score of the active model; nil where none is active, or where it can't be read or does not fit the features: a score
    /// is never invented, and pay does not wait for one.
    func score(
        _ result: Analyser.Result, of recording: Recording, in db: Connection
    ) throws -> Measured.EmotionVerdict? {
        guard let id = try Models.activeID(in: db), let model = try model(id, in: db) else { return nil }
        let earlier = try Analyses.vectors(
            of: recording.contributor, before: recording.id, featureSet: FeatureValues.extendedSet,
            limit: EmotionModel.earlierCountMax, in: db)
        let score = model.score(result.features, earlier: earlier.reversed().map(\.values))
        return .init(model: id, label: score.label, document: score.json)
    }

    private func model(_ id: String, in db: Connection) throws -> EmotionModel? {
        if let known = loaded.withLock({ $0 }), known.id == id { return known.model }
        guard let record = try Models.find(id, in: db) else { return nil }
        do throws(ModelFileError) {
            let model = try EmotionModel(bytes: record.file)
            try model.requireMeasured()
            loaded.withLock { $0 = (record.id, model) }
            return model
        } catch {
            // Once for each model: it is remembered as one that scores nothing.
            logger.warning("recordings get no emotion scores: \(error)", metadata: ["model": "\(record.id)"])
            loaded.withLock { $0 = (record.id, nil) }
            return nil
        }
    }
}
