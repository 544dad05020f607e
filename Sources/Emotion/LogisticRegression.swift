/// Multinomial logistic regression with an L2 penalty. The same rows give the same weights.
package struct LogisticRegression: Sendable, Equatable {
    /// A row for each class: a weight for each feature, then the intercept.
    package let weights: [[Double]]

    init(weights: [[Double]]) { self.weights = weights }

    /// Fits once for each penalty, from the largest down, each from where the last ended.
    ///
    /// - Parameters:
    ///   - rows: standardised features.
    ///   - classes: the class of each row, below `classCount`.
    ///   - penalties: descending.
    package static func path(
        _ rows: [[Double]], featureCount: Int, classes: [Int], classCount: Int, penalties: [Double]
    ) -> [LogisticRegression] {
        let matrix = FeatureMatrix(rows, featureCount: featureCount)
        var place: QuasiNewton.Vector = []
        return penalties.map { penalty in
            let loss = SoftmaxLoss(matrix, classes: classes, classCount: classCount, penalty: penalty)
            if place.isEmpty { place = QuasiNewton.Vector(repeating: .zero, count: loss.parameterCount) }
            place = QuasiNewton.minimum(from: place) { loss.value(at: $0, gradient: &$1) }
            return LogisticRegression(place, matrix, classCount)
        }
    }

    private init(_ place: QuasiNewton.Vector, _ matrix: FeatureMatrix, _ classCount: Int) {
        let lanes = QuasiNewton.Block.scalarCount
        weights = (0..<classCount).map { one in
            (0...matrix.featureCount).map { place[one * matrix.blockCount + $0 / lanes][$0 % lanes] }
        }
    }

    /// A score for each class; their differences are log odds.
    package func scores(_ row: [Double]) -> [Double] {
        weights.map { weights in
            var sum = weights[row.count]
            for index in row.indices { sum += weights[index] * row[index] }
            return sum
        }
    }
}
