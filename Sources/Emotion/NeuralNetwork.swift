import Foundation

/// One hidden layer of hyperbolic tangents under weighted sums. What is fitted is the mean of several small networks, each over
/// half of the features (Ho, The Random Subspace Method, IEEE PAMI 20(8), 1998). Each begins at weights of a fixed seed and goes
/// down over all rows at once, so the same rows give the same weights.
package struct NeuralNetwork: Sendable, Equatable {
    /// A row for each hidden unit: a weight for each feature, then the intercept.
    let hidden: LinearClassifier
    /// A row for each class: a weight for each hidden unit, then the intercept.
    let output: LinearClassifier

    /// Of each network that is averaged: its features and first weights.
    package static let seeds: [UInt64] = (0..<8).map { 0x5EED + $0 }
    /// Hidden units of each: whole blocks.
    private static let hiddenCount = 8
    /// Of fewer features all are used.
    private static let featureCountMin = 32
    /// The way down is left here: what follows is learnt by heart.
    private static let iterationCountMax = 150

    init(hidden: LinearClassifier, output: LinearClassifier) {
        self.hidden = hidden
        self.output = output
    }

    /// The mean of a fit for each seed.
    package init(
        fitting matrix: FeatureMatrix, classes: [Int], classCount: Int, penalty: Double, seeds: [UInt64] = seeds
    ) {
        self.init(
            averaging: seeds.map { seed in
                var chance = SeededChance(seed: seed)
                let features = Self.features(of: matrix.featureCount, &chance)
                let loss = NetworkLoss(
                    matrix.columns(features), classes: classes, classCount: classCount, hiddenCount: Self.hiddenCount,
                    penalty: penalty)
                return Self.fit(loss, features, of: matrix.featureCount, &chance)
            })
    }

    /// The network whose scores are the mean of some networks' scores: their hidden units side by side.
    package init(averaging networks: [NeuralNetwork]) {
        let share = 1 / Double(networks.count)
        hidden = LinearClassifier(weights: networks.flatMap(\.hidden.weights))
        output = LinearClassifier(
            weights: networks[0].output.weights.indices.map { one in
                let rows = networks.map { $0.output.weights[one].map { $0 * share } }
                return rows.flatMap { $0.dropLast() } + [rows.reduce(0) { $0 + $1.last! }]
            })
    }

    /// A score for each class; their differences are log odds.
    package func scores(_ row: [Double]) -> [Double] { output.scores(hidden.scores(row).map(tanh)) }

    /// Half of the features, drawn by chance, in their order.
    private static func features(of count: Int, _ chance: inout SeededChance) -> [Int] {
        (0..<count).shuffled(using: &chance).prefix(max(count / 2, min(count, featureCountMin))).sorted()
    }

    private static func fit(
        _ loss: NetworkLoss, _ features: [Int], of featureCount: Int, _ chance: inout SeededChance
    ) -> NeuralNetwork {
        let place = QuasiNewton.minimum(from: loss.start(&chance), iterationCountMax: iterationCountMax) {
            loss.value(at: $0, gradient: &$1)
        }
        return NeuralNetwork(
            hidden: LinearClassifier(place[..<loss.hiddenBlockCount], featureCount: features.count)
                .spread(over: features, of: featureCount),
            output: LinearClassifier(place[loss.hiddenBlockCount...], featureCount: hiddenCount))
    }
}
