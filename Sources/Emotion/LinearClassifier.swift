/// A weighted sum of the features for each class. The same rows give the same weights.
package struct LinearClassifier: Sendable, Equatable {
    /// A row for each class: a weight for each feature, then the intercept.
    package let weights: [[Double]]

    init(weights: [[Double]]) { self.weights = weights }

    /// Fits once for each penalty, from the largest down, each from where the last ended.
    ///
    /// - Parameters:
    ///   - criterion: what the fit makes small.
    ///   - classes: the class of each row, below `classCount`.
    ///   - penalties: descending.
    package static func path(
        _ matrix: FeatureMatrix, _ criterion: Criterion, classes: [Int], classCount: Int, penalties: [Double]
    ) -> [LinearClassifier] {
        var place: QuasiNewton.Vector = []
        return penalties.map { penalty in
            let loss = LinearLoss(matrix, criterion, classes: classes, classCount: classCount, penalty: penalty)
            if place.isEmpty { place = QuasiNewton.Vector(repeating: .zero, count: loss.parameterCount) }
            place = QuasiNewton.minimum(from: place) { loss.value(at: $0, gradient: &$1) }
            return LinearClassifier(place[...], featureCount: matrix.featureCount)
        }
    }

    /// Reads rows of blocks, each with the intercept behind the features.
    init(_ place: QuasiNewton.Vector.SubSequence, featureCount: Int) {
        let lanes = QuasiNewton.Block.scalarCount
        let width = featureCount / lanes + 1
        weights = (0..<place.count / width).map { one in
            (0...featureCount).map { place[place.startIndex + one * width + $0 / lanes][$0 % lanes] }
        }
    }

    /// A score for each class; of the log loss, their differences are log odds.
    package func scores(_ row: [Double]) -> [Double] {
        weights.map { weights in
            var sum = weights[row.count]
            for index in row.indices { sum += weights[index] * row[index] }
            return sum
        }
    }

    /// The same sums as a classifier of all features, of which these are some: the others weigh nothing.
    func spread(over features: [Int], of featureCount: Int) -> LinearClassifier {
        LinearClassifier(
            weights: weights.map { own in
                var all = [Double](repeating: 0, count: featureCount + 1)
                for (feature, weight) in zip(features, own) { all[feature] = weight }
                all[featureCount] = own[features.count]
                return all
            })
    }

    func fits(featureCount: Int) -> Bool { !weights.isEmpty && weights.allSatisfy { $0.count == featureCount + 1 } }

    var rounded: LinearClassifier { LinearClassifier(weights: weights.map { $0.map(\.toSixPlaces) }) }
}

extension Double {
    /// To six decimal places: what the model's file keeps of a weight.
    var toSixPlaces: Double { (self * 1e6).rounded() / 1e6 }
}
