import Foundation

/// One hidden layer of hyperbolic tangents under weighted sums. The fit begins at weights of a fixed seed and goes down
/// over all rows at once, so the same rows give the same weights.
package struct NeuralNetwork: Sendable, Equatable {
    /// A row for each hidden unit: a weight for each feature, then the intercept.
    let hidden: LinearClassifier
    /// A row for each class: a weight for each hidden unit, then the intercept.
    let output: LinearClassifier

    /// Hidden units: whole blocks.
    static let hiddenCount = 24
    /// The way down is left here: what follows is learnt by heart.
    private static let iterationCountMax = 150

    init(hidden: LinearClassifier, output: LinearClassifier) {
        self.hidden = hidden
        self.output = output
    }

    package init(fitting matrix: FeatureMatrix, classes: [Int], classCount: Int, penalty: Double) {
        let loss = NetworkLoss(
            matrix, classes: classes, classCount: classCount, hiddenCount: Self.hiddenCount, penalty: penalty)
        let place = QuasiNewton.minimum(from: loss.start, iterationCountMax: Self.iterationCountMax) {
            loss.value(at: $0, gradient: &$1)
        }
        hidden = LinearClassifier(place[..<loss.hiddenBlockCount], featureCount: matrix.featureCount)
        output = LinearClassifier(place[loss.hiddenBlockCount...], featureCount: Self.hiddenCount)
    }

    /// A score for each class; their differences are log odds.
    package func scores(_ row: [Double]) -> [Double] { output.scores(hidden.scores(row).map(tanh)) }
}
