import Foundation

/// A fitted model: a small file that holds everything that scoring needs and everything that its card says.
public struct EmotionModel: Sendable, Equatable {
    /// Below this probability of the likeliest label the answer is "unknown".
    public static let unknownBelow = 0.35

    public struct Corpus: Sendable, Equatable {
        public var name: String
        public var licence: String
        public var exampleCount: Int
        public var speakerCount: Int
        /// SHA-256 over the sorted hashes of its files, in hexadecimal.
        public var sha256: String

        public init(name: String, licence: String, exampleCount: Int, speakerCount: Int, sha256: String) {
            self.name = name
            self.licence = licence
            self.exampleCount = exampleCount
            self.speakerCount = speakerCount
            self.sha256 = sha256
        }
    }

    public var featureSet: String
    public var featureSetVersion: Int
    public var labels: [String]
    var standardisation: Standardisation
    /// A row for each label: a weight for each feature, then the intercept.
    var weights: [[Double]]
    /// Divides the scores before they become probabilities (Guo et al. 2017).
    var temperature: Double
    public var corpora: [Corpus]
    /// Scores on held-out speakers.
    public var evaluation: EmotionEvaluation

    /// Scores a vector; one of another length than the model's is cut or filled with nil.
    public func score(_ vector: [Float?]) -> EmotionScore {
        let count = standardisation.means.count
        let fitted = Array(vector.prefix(count)) + [Float?](repeating: nil, count: max(0, count - vector.count))
        let probabilities = Self.probabilities(
            Self.scores(standardisation.apply(fitted), weights), temperature: temperature)
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        return EmotionScore(
            distribution: zip(labels, probabilities).map { EmotionScore.Part(label: $0, probability: $1) },
            label: probabilities[best] < Self.unknownBelow ? "unknown" : labels[best], confidence: probabilities[best])
    }

    static func scores(_ row: [Double], _ weights: [[Double]]) -> [Double] {
        weights.map { weights in
            var sum = weights[weights.count - 1]
            for index in row.indices { sum += weights[index] * row[index] }
            return sum
        }
    }

    static func probabilities(_ scores: [Double], temperature: Double) -> [Double] {
        let scaled = scores.map { $0 / temperature }
        let largest = scaled.max() ?? 0
        let powers = scaled.map { exp($0 - largest) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }
}
