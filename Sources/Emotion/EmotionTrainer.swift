import Dispatch
import Synchronization

/// Fits a model, and says how models made in the same way do on speakers that they have not seen.
///
/// Kind, penalty and temperature are chosen on speakers that are held out of the fit; for the evaluation further speakers are
/// held out of that choice too. Every label weighs the same. Chance has a fixed seed: the same examples give the same file.
public struct EmotionTrainer: Sendable {
    /// Groups of speakers that are held out in turn to evaluate; with no more speakers, each is held out alone.
    static let outerFoldCountMax = 10
    /// Groups of speakers that are held out in turn to choose kind, penalty and temperature.
    static let innerFoldCountMax = 5

    private let featureSet: String
    private let featureSetVersion: Int
    private let featureCount: Int
    private let kinds: [ClassifierKind]
    private let sounds: [Sound]

    /// - Parameters:
    ///   - kinds: what is chosen from; at least one.
    ///   - sounds: what is no speech, to say what the model makes of it; nothing is fitted on them.
    public init(
        featureSet: String, version: Int, featureCount: Int, kinds: [ClassifierKind] = ClassifierKind.allCases,
        sounds: [Sound] = []
    ) {
        precondition(!kinds.isEmpty)
        self.featureSet = featureSet
        featureSetVersion = version
        self.featureCount = featureCount
        self.kinds = kinds
        self.sounds = sounds
    }

    /// - Parameter corpora: what the model's card says of the data.
    public func train(
        _ examples: [TrainingExample], corpora: [EmotionModel.Corpus]
    ) throws(TrainingError) -> EmotionModel {
        let table = try TrainingTable(examples, featureCount: featureCount)
        let folds = SpeakerFolds(table.speakers, countMax: Self.outerFoldCountMax)
        let rows = Array(table.classes.indices)
        let whole = HeldOutTrial(trainingRows: rows, heldOutRows: [])
        let outcomes = HeldOutTrial.perform(
            [whole] + HeldOutTrial.trials(folds), table, kinds, [.global, .speaker], featureSet: featureSet)
        func report(_ kind: StandardisationKind) -> HeldOutReport {
            HeldOutReport(outcomes.dropFirst(), examples, table, kind, folds.count, sounds: [])
        }
        let (global, speaker) = (report(.global), report(.speaker))
        let earlier = report(.earlier)
        return EmotionModel(
            featureSet: featureSet, featureSetVersion: featureSetVersion, labels: table.labels,
            scorer: outcomes[0].global!.scorer, distanceMax: outcomes[0].speechTest.distanceMax,
            speakerScorer: outcomes[0].speaker!.scorer,
            speakerPrior: outcomes[0].prior,
            dimensions: DimensionModel.names.compactMap { DimensionTrainer($0, examples, table)?.train($0) }, corpora: corpora,
            evaluation: global.evaluation,
            speakerEvaluation: speaker.evaluation, earlierEvaluation: earlier.evaluation,
            groupScores: global.groupScores + earlier.earlierScores, reliabilityBefore: global.reliabilityBefore,
            reliabilityAfter: global.reliabilityAfter,
            soundScores: SoundScore.scores(of: sounds, [outcomes[0].speechTest]))
    }
}
