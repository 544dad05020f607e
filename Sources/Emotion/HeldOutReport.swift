/// Every held-out example with its scores, and what follows from them for all and for some.
public struct HeldOutReport: Sendable {
    /// One example as a model heard it that had not seen its speaker.
    struct Entry: Sendable {
        let example: TrainingExample
        let trueClass: Int
        let scores: [Double]
        let probabilities: [Double]
        /// Why it is no speech that the model knows; nil where it is.
        let refusal: Doubt?
        /// Clips of the speaker that came before; nil where the order does not matter.
        let earlierCount: Int?
    }

    /// Some of the examples under a name: a speaker, a sex, a corpus.
    public struct Group: Sendable {
        /// Of the corpus, the sex, or the speaker after the corpus and a slash.
        public let name: String
        /// Over the group's examples alone.
        public let evaluation: EmotionEvaluation
    }

    /// In alphabetical order.
    public let labels: [String]
    /// What the examples were measured against.
    public let standardisation: StandardisationKind
    /// Groups of speakers that were held out in turn; 1 where other corpora were tested.
    public let foldCount: Int
    let entries: [Entry]
    /// What became of sounds that are no speech; empty where there were none.
    public let soundScores: [SoundScore]
    /// How each kind of classifier did inside of the training sides.
    public let kindTallies: [KindTally]

    /// Over all examples.
    public var evaluation: EmotionEvaluation { evaluation(entries) }

    /// Ten bins of confidence without the temperature.
    public var reliabilityBefore: [ReliabilityBin] { bins { Temperature.one.probabilities($0.scores) } }
    /// The same with the temperature.
    public var reliabilityAfter: [ReliabilityBin] { bins(\.probabilities) }

    /// In alphabetical order; a speaker's name follows that of the corpus.
    public var bySpeaker: [Group] { groups { "\($0.source)/\($0.speaker)" } }
    /// Examples of unstated sex are under "not stated".
    public var bySex: [Group] { groups { $0.sex ?? "not stated" } }
    /// In alphabetical order.
    public var byCorpus: [Group] { groups(\.source) }

    /// What a model's card says of corpora, sexes and speakers. A group without enough examples of any label is left out.
    var groupScores: [EmotionModel.GroupScore] {
        [("corpus", byCorpus), ("sex", bySex), ("speaker", bySpeaker)].flatMap { facet, groups in
            groups.compactMap { Self.score(facet, $0.name, $0.evaluation) }
        }
    }

    /// The score of some entries; nil without enough examples of any label.
    func groupScore(_ facet: String, _ name: String, _ isInside: (Entry) -> Bool) -> EmotionModel.GroupScore? {
        Self.score(facet, name, evaluation(entries.filter(isInside)))
    }

    private static func score(
        _ facet: String, _ name: String, _ evaluation: EmotionEvaluation
    ) -> EmotionModel.GroupScore? {
        let counts = evaluation.confusion.map { $0.reduce(0, +) }
        let recalls = zip(evaluation.recalls, counts)
            .filter { $1 >= EmotionModel.GroupScore.labelExampleCountMin }.map(\.0)
        guard !recalls.isEmpty else { return nil }
        return EmotionModel.GroupScore(
            facet: facet, name: name, exampleCount: evaluation.exampleCount,
            unweightedAverageRecall: recalls.reduce(0, +) / Double(recalls.count),
            calibrationError: evaluation.calibrationErrorAfter)
    }

    private func groups(_ name: (TrainingExample) -> String) -> [Group] {
        Dictionary(grouping: entries) { name($0.example) }.sorted { $0.key < $1.key }
            .map { Group(name: $0.key, evaluation: evaluation($0.value)) }
    }

    private func bins(_ probabilities: (Entry) -> [Double]) -> [ReliabilityBin] {
        ReliabilityBin.bins(entries.map(\.trueClass), entries.map(probabilities))
    }

    private func evaluation(_ entries: [Entry]) -> EmotionEvaluation {
        EmotionEvaluation(
            labels: labels, classes: entries.map(\.trueClass), scores: entries.map(\.scores),
            probabilities: entries.map(\.probabilities), refusals: entries.map(\.refusal), standardisation: standardisation,
            foldCount: foldCount,
            speakerCount: Set(entries.map(\.example.speakerKey)).count)
    }
}
