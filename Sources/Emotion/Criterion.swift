import Foundation

/// What a fit makes small, row by row.
package enum Criterion: Sendable {
    /// Minus the logarithm of the true class's probability.
    case logLoss
    /// For each class against all others the square of what is missing to a margin of 1.
    case squaredHinge

    /// The loss of one row, and its slope by each score.
    ///
    /// - Parameters:
    ///   - scores: one a class; receives the slopes.
    ///   - truth: the row's class.
    @inline(__always)
    func loss(_ scores: UnsafeMutableBufferPointer<Double>, truth: Int) -> Double {
        switch self {
        case .logLoss:
            var largest = -Double.infinity
            for score in scores { largest = max(largest, score) }
            let trueScore = scores[truth]
            var total = 0.0
            for one in scores.indices {
                scores[one] = exp(scores[one] - largest)
                total += scores[one]
            }
            for one in scores.indices { scores[one] = scores[one] / total - (one == truth ? 1 : 0) }
            return log(total) + largest - trueScore
        case .squaredHinge:
            var loss = 0.0
            for one in scores.indices {
                let side = one == truth ? 1.0 : -1.0
                let missing = max(0, 1 - side * scores[one])
                loss += missing * missing
                scores[one] = -2 * side * missing
            }
            return loss
        }
    }

    /// What each row weighs: every class the same, however many rows it has; together 1.
    static func importance(_ classes: [Int], _ classCount: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: classCount)
        for one in classes { counts[one] += 1 }
        let presentCount = Double(counts.count { $0 > 0 })
        return classes.map { 1 / (counts[$0] * presentCount) }
    }
}
