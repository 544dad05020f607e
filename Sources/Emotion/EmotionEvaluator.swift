/// Says how models do on speakers that they have not seen, example by example.
///
/// Penalty and temperature are chosen on speakers of the training side only; held-out labels are used for counting alone.
public struct EmotionEvaluator: Sendable {
    private let featureCount: Int

    public init(featureCount: Int) { self.featureCount = featureCount }

    /// Holds speakers out in turn, in groups.
    ///
    /// - Parameter foldCountMax: groups; with as many as speakers or more, each is held out alone.
    public func holdSpeakersOut(
        _ examples: [TrainingExample], foldCountMax: Int, _ kind: StandardisationKind
    ) throws(TrainingError) -> HeldOutReport {
        let table = try TrainingTable(examples, featureCount: featureCount)
        let folds = SpeakerFolds(table.speakers, countMax: max(2, foldCountMax))
        return EmotionTrainer.report(
            EmotionTrainer.perform(EmotionTrainer.trials(folds, kind), table), examples, table, kind, folds.count)
    }

    /// Fits on some corpora and tests on others, over the labels that both sides have.
    public func across(
        training: [TrainingExample], test: [TrainingExample], _ kind: StandardisationKind
    ) throws(TrainingError) -> HeldOutReport {
        let shared = Set(training.map(\.label)).intersection(test.map(\.label))
        let seen = training.filter { shared.contains($0.label) }
        let unseen = test.filter { shared.contains($0.label) }
        _ = try TrainingTable(seen, featureCount: featureCount)
        let speakers = Set(seen.map(\.speakerKey))
        if let both = unseen.first(where: { speakers.contains($0.speakerKey) }) {
            throw .speakerOnBothSides("\(both.source)/\(both.speaker)")
        }
        let table = try TrainingTable(seen + unseen, featureCount: featureCount)
        let trial = EmotionTrainer.Trial(
            kind: kind, trainingRows: Array(seen.indices), heldOutRows: unseen.indices.map { seen.count + $0 })
        return EmotionTrainer.report(EmotionTrainer.perform([trial], table), seen + unseen, table, kind, 1)
    }
}
