import Foundation

/// The mean log loss of multinomial logistic regression, every class weighing the same however many rows it has, plus half
/// the penalty times the squared norm of all weights but the intercepts.
package struct SoftmaxLoss {
    package typealias Block = FeatureMatrix.Block

    private let matrix: FeatureMatrix
    private let classes: [Int]
    private let classCount: Int
    /// One a row; they add up to 1.
    private let importance: [Double]
    private let penaltyMask: [Block]
    let penalty: Double

    package init(_ matrix: FeatureMatrix, classes: [Int], classCount: Int, penalty: Double) {
        self.matrix = matrix
        self.classes = classes
        self.classCount = classCount
        self.penalty = penalty
        importance = Self.importance(classes, classCount)
        penaltyMask = matrix.penaltyMask
    }

    /// Blocks of weights: for each class the blocks of a row.
    package var parameterCount: Int { classCount * matrix.blockCount }

    /// What each row weighs.
    static func importance(_ classes: [Int], _ classCount: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: classCount)
        for one in classes { counts[one] += 1 }
        let presentCount = Double(counts.count { $0 > 0 })
        return classes.map { 1 / (counts[$0] * presentCount) }
    }

    /// The loss at the weights; writes its gradient.
    package func value(at weights: [Block], gradient: inout [Block]) -> Double {
        let width = matrix.blockCount
        var value = 0.0
        for index in weights.indices {
            let free = weights[index] * penaltyMask[index % width]
            value += penalty / 2 * (free * free).sum()
            gradient[index] = penalty * free
        }
        matrix.blocks.withUnsafeBufferPointer { rows in
            weights.withUnsafeBufferPointer { weights in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    for row in 0..<matrix.rowCount {
                        value += addRow(rows.baseAddress! + row * width, row, weights, gradient)
                    }
                }
            }
        }
        return value
    }

    /// The loss of one row; adds its gradient.
    @inline(__always)
    private func addRow(
        _ row: UnsafePointer<Block>, _ index: Int, _ weights: UnsafeBufferPointer<Block>,
        _ gradient: UnsafeMutableBufferPointer<Block>
    ) -> Double {
        let width = matrix.blockCount
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: classCount) { scores in
            var largest = -Double.infinity
            for one in 0..<classCount {
                var sum = Block.zero
                for block in 0..<width { sum += weights[one * width + block] * row[block] }
                scores[one] = sum.sum()
                largest = max(largest, scores[one])
            }
            let truth = classes[index]
            let trueScore = scores[truth]
            var total = 0.0
            for one in 0..<classCount {
                scores[one] = exp(scores[one] - largest)
                total += scores[one]
            }
            for one in 0..<classCount {
                let residual = importance[index] * (scores[one] / total - (one == truth ? 1 : 0))
                for block in 0..<width { gradient[one * width + block] += residual * row[block] }
            }
            return importance[index] * (log(total) + largest - trueScore)
        }
    }
}
