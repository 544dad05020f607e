import Foundation

/// Fits a model. The penalty is chosen, and the temperature fitted, on speakers that are held out; nothing is random, so
/// the same examples give the same file.
public struct EmotionTrainer: Sendable {
    /// Penalties that are tried.
    static let penalties = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
    /// Most groups of speakers that are held out in turn.
    static let foldCountMax = 10

    private let featureSet: String
    private let featureSetVersion: Int
    private let featureCount: Int

    public init(featureSet: String, version: Int, featureCount: Int) {
        self.featureSet = featureSet
        featureSetVersion = version
        self.featureCount = featureCount
    }

    /// - Parameter corpora: what the card says of the data.
    public func train(
        _ examples: [TrainingExample], corpora: [EmotionModel.Corpus]
    ) throws(TrainingError) -> EmotionModel {
        let labels = Array(Set(examples.map(\.label))).sorted()
        guard labels.count >= 2 else { throw .tooFewLabels(labels.count) }
        let speakers = Array(Set(examples.map(\.group))).sorted()
        guard speakers.count >= 3 else { throw .tooFewSpeakers(speakers.count) }
        if let odd = examples.first(where: { $0.vector.count != featureCount }) {
            throw .wrongLength(expected: featureCount, found: odd.vector.count)
        }
        let positions = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        let classes = examples.map { positions[$0.label]! }
        let folds = Self.folds(examples, speakers)
        let trials = Self.penalties.map { penalty in
            heldOutScores(examples, classes, labels.count, folds, penalty)
        }
        let recalls = trials.map {
            EmotionEvaluation(classes: classes, scores: $0, classCount: labels.count, temperature: 1, foldCount: 0)
                .unweightedAverageRecall
        }
        let best = recalls.indices.max { recalls[$0] < recalls[$1] }!
        let temperature = Self.temperature(classes, trials[best])
        let standardisation = Standardisation(examples.map(\.vector), count: featureCount)
        let regression = LogisticRegression(
            rows: examples.map { standardisation.apply($0.vector) }, classes: classes, classCount: labels.count,
            penalty: Self.penalties[best])
        return EmotionModel(
            featureSet: featureSet, featureSetVersion: featureSetVersion, labels: labels, standardisation: standardisation,
            weights: regression.weights, temperature: temperature, corpora: corpora,
            evaluation: EmotionEvaluation(
                classes: classes, scores: trials[best], classCount: labels.count, temperature: temperature,
                foldCount: (folds.max() ?? 0) + 1))
    }

    /// The fold of each example: speakers are dealt out in turn, so that no speaker is in two folds.
    package static func folds(_ examples: [TrainingExample], _ speakers: [String]) -> [Int] {
        let count = min(foldCountMax, speakers.count)
        let fold = Dictionary(uniqueKeysWithValues: speakers.enumerated().map { ($1, $0 % count) })
        return examples.map { fold[$0.group]! }
    }

    /// Scores of every example by a model that has not seen its speaker. Folds run side by side.
    private func heldOutScores(
        _ examples: [TrainingExample], _ classes: [Int], _ classCount: Int, _ folds: [Int], _ penalty: Double
    ) -> [[Double]] {
        let foldCount = (folds.max() ?? 0) + 1
        let results = ConcurrentResults<[(Int, [Double])]>(count: foldCount)
        DispatchQueue.concurrentPerform(iterations: foldCount) { fold in
            let inside = examples.indices.filter { folds[$0] != fold }
            let standardisation = Standardisation(inside.map { examples[$0].vector }, count: featureCount)
            let regression = LogisticRegression(
                rows: inside.map { standardisation.apply(examples[$0].vector) }, classes: inside.map { classes[$0] },
                classCount: classCount, penalty: penalty)
            results.set(
                fold,
                examples.indices.filter { folds[$0] == fold }.map {
                    ($0, EmotionModel.scores(standardisation.apply(examples[$0].vector), regression.weights))
                })
        }
        var scores = [[Double]](repeating: [], count: examples.count)
        for (index, score) in results.all.flatMap({ $0 }) { scores[index] = score }
        return scores
    }

    /// The temperature with the least log loss on held-out scores, by golden-section search on its logarithm.
    private static func temperature(_ classes: [Int], _ scores: [[Double]]) -> Double {
        func loss(_ logarithm: Double) -> Double {
            zip(classes, scores).reduce(0) { sum, pair in
                sum - log(max(1e-12, EmotionModel.probabilities(pair.1, temperature: exp(logarithm))[pair.0]))
            }
        }
        let golden = (5.0.squareRoot() - 1) / 2
        var (low, high) = (log(0.2), log(10.0))
        for _ in 0..<60 {
            let (one, other) = (high - golden * (high - low), low + golden * (high - low))
            if loss(one) < loss(other) { high = other } else { low = one }
        }
        return exp((low + high) / 2)
    }
}

extension TrainingExample {
    /// The speaker, apart from speakers of the same name in other corpora.
    package var group: String { "\(source)/\(speaker)" }
}
