import Emotion
import Foundation
import TestSupport

/// Examples drawn from Gaussians: a mean for each label, an offset for each speaker, noise of deviation 1 on all features.
struct Crowd {
    var labels = ["anger", "neutral", "sadness"]
    var featureCount = 6
    var speakerCount = 6
    var clipCount = 12
    /// How far the labels' means lie from 0.
    var distance = 3.0
    /// Deviation of the speakers' offsets.
    var speakerDeviation = 0.0
    /// Share of values that could not be measured.
    var missingShare = 0.0
    var source = "crowd"
    var seed: UInt64 = 1

    var examples: [TrainingExample] {
        var random = SeededRandom(seed: seed)
        return (0..<speakerCount).flatMap { speaker -> [TrainingExample] in
            let offsets = (0..<featureCount).map { _ in speakerDeviation * Self.gaussian(&random) }
            return labels.indices.flatMap { label in
                (0..<clipCount).map { _ in
                    TrainingExample(
                        vector: (0..<featureCount).map { feature in
                            let value = mean(label, feature) + offsets[feature] + Self.gaussian(&random)
                            return Double.random(in: 0..<1, using: &random) < missingShare ? nil : Float(value)
                        },
                        label: labels[label], speaker: "s\(speaker)", source: source, sha256: "")
                }
            }
        }
    }

    /// The labels lie on different axes.
    func mean(_ label: Int, _ feature: Int) -> Double { feature == label ? distance : 0 }

    /// What most tests choose from: to fit networks takes a hundred times as long.
    static let kinds: [ClassifierKind] = [.logisticRegression, .discriminant]

    /// What a trainer for these features makes of the examples.
    func model(
        _ examples: [TrainingExample]? = nil, kinds: [ClassifierKind] = kinds
    ) throws(TrainingError) -> EmotionModel {
        try EmotionTrainer(featureSet: "test", version: 1, featureCount: featureCount, kinds: kinds)
            .train(examples ?? self.examples, corpora: [Self.corpus])
    }

    static let corpus = EmotionModel.Corpus(
        name: "crowd", licence: "CC0-1.0", exampleCount: 216, speakerCount: 6, sha256: String(repeating: "ab", count: 32))

    static func gaussian(_ random: inout SeededRandom) -> Double {
        let (one, other) = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
        return (-2 * log(1 - one)).squareRoot() * cos(2 * .pi * other)
    }
}
