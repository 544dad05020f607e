/// Says how models do on speakers that they have not seen, example by example.
///
/// Kind, penalty and temperature are chosen on speakers of the training side only; held-out labels are used for counting alone.
public struct EmotionEvaluator: Sendable {
    private let featureSet: String
    private let featureCount: Int
    private let kinds: [ClassifierKind]
    private let sounds: [Sound]

    /// - Parameters:
    ///   - kinds: what is chosen from; at least one.
    ///   - sounds: what is no speech, for the report.
    public init(
        featureSet: String, featureCount: Int, kinds: [ClassifierKind] = ClassifierKind.allCases, sounds: [Sound] = []
    ) {
        precondition(!kinds.isEmpty)
        self.featureSet = featureSet
        self.sounds = sounds
        self.featureCount = featureCount
        self.kinds = kinds
    }

    /// Holds speakers out in turn, in groups.
    ///
    /// - Parameter foldCountMax: groups; with as many as speakers or more, each is held out alone.
    public func holdSpeakersOut(
        _ examples: [TrainingExample], foldCountMax: Int, _ kind: StandardisationKind
    ) throws(TrainingError) -> HeldOutReport {
        let table = try TrainingTable(examples, featureCount: featureCount)
        let folds = SpeakerFolds(table.speakers, countMax: max(2, foldCountMax))
        return report(HeldOutTrial.trials(folds), examples, table, kind)
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
        let trial = HeldOutTrial(
            trainingRows: Array(seen.indices), heldOutRows: unseen.indices.map { seen.count + $0 })
        return report([trial], seen + unseen, table, kind)
    }

    private func report(
        _ trials: [HeldOutTrial], _ examples: [TrainingExample], _ table: TrainingTable, _ kind: StandardisationKind
    ) -> HeldOutReport {
        let fitted: [StandardisationKind] = kind == .earlier ? [.global, .speaker] : [kind]
        let outcomes = HeldOutTrial.perform(trials, table, kinds, fitted, featureSet: featureSet)
        return HeldOutReport(outcomes[...], examples, table, kind, trials.count, sounds: sounds)
    }
}
