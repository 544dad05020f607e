import Foundation

/// Linear discriminant analysis with a shrunken covariance (Friedman, Regularized Discriminant Analysis, JASA 84(405), 1989): the log
/// odds of Gaussians that differ in their means alone. Every class weighs the same and is as likely as the others. Deterministic.
package struct LinearDiscriminant: Sendable {
    /// For each class its mean less that of all classes; nil where it has no rows.
    private let offsets: [[Double]?]
    /// The mean of the classes' means.
    private let centre: [Double]
    /// Lower triangle of the covariance inside of the classes.
    private let covariance: [[Double]]
    private let rowCount: Int

    /// - Parameters:
    ///   - matrix: standardised features.
    ///   - classes: the class of each row, below `classCount`.
    package init(_ matrix: FeatureMatrix, classes: [Int], classCount: Int) {
        let importance = Criterion.importance(classes, classCount)
        let presentCount = Double(Set(classes).count)
        var means = [[Double]?](repeating: nil, count: classCount)
        var centre = [Double](repeating: 0, count: matrix.featureCount)
        for (row, one) in classes.enumerated() {
            var mean = means[one] ?? [Double](repeating: 0, count: matrix.featureCount)
            for feature in mean.indices {
                let part = importance[row] * matrix.value(row, feature)
                mean[feature] += part * presentCount
                centre[feature] += part
            }
            means[one] = mean
        }
        offsets = means.map { $0.map { zip($0, centre).map { $0 - $1 } } }
        self.centre = centre
        covariance = matrix.covariance(around: classes.map { means[$0]! }, importance: importance)
        rowCount = matrix.rowCount
    }

    /// The classifier of one shrinkage.
    ///
    /// - Parameter shrinkage: which share of the covariance is replaced by the same variance, the mean, for every feature and none
    ///   between them; above 0, at most 1.
    package func classifier(shrinkage: Double) -> LinearClassifier {
        let features = covariance.indices
        let variance = features.reduce(0) { $0 + covariance[$1][$1] } / Double(features.count)
        var shrunken = covariance.map { $0.map { (1 - shrinkage) * $0 } }
        // Where all rows are the same the variance is 0 and so are all weights, whatever divides them.
        for feature in features { shrunken[feature][feature] += variance > 0 ? shrinkage * variance : 1 }
        let factor = CholeskyFactor(shrunken)
        let rows = offsets.map { offset in
            offset.map { offset in
                let weights = factor.solution(offset)
                return weights + [-features.reduce(0) { $0 + weights[$1] * (offset[$1] / 2 + centre[$1]) }]
            }
        }
        return LinearClassifier(weights: rows.map { $0 ?? absent(rows.compactMap(\.self)) })
    }

    /// A class without rows is never the likeliest: the others' weights add up to 0, so that one of their sums is at least the least
    /// intercept, and this stands below it as if half a row were behind it.
    private func absent(_ present: [[Double]]) -> [Double] {
        let least = present.map { row in row.last! + zip(row, centre).reduce(0) { $0 + $1.0 * $1.1 } }.min() ?? 0
        return [Double](repeating: 0, count: centre.count) + [least - log(2 * Double(rowCount))]
    }
}
