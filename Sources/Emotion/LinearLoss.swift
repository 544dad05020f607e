/// The mean loss of weighted sums, every class weighing the same however many rows it has, plus half the penalty times the
/// squared norm of all weights but the intercepts.
package struct LinearLoss {
    package typealias Block = FeatureMatrix.Block

    private let matrix: FeatureMatrix
    private let criterion: Criterion
    private let classes: [Int]
    private let classCount: Int
    /// One a row; they add up to 1.
    private let importance: [Double]
    private let penaltyMask: [Block]
    private let penalty: Double

    package init(_ matrix: FeatureMatrix, _ criterion: Criterion, classes: [Int], classCount: Int, penalty: Double) {
        self.matrix = matrix
        self.criterion = criterion
        self.classes = classes
        self.classCount = classCount
        self.penalty = penalty
        importance = Criterion.importance(classes, classCount)
        penaltyMask = matrix.penaltyMask
    }

    /// Blocks of weights: for each class the blocks of a row.
    package var parameterCount: Int { classCount * matrix.blockCount }

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
                    withUnsafeTemporaryAllocation(of: Double.self, capacity: classCount) { scores in
                        for row in 0..<matrix.rowCount {
                            value += addRow(rows.baseAddress! + row * width, row, weights, gradient, scores)
                        }
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
        _ gradient: UnsafeMutableBufferPointer<Block>, _ scores: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        let width = matrix.blockCount
        for one in 0..<classCount {
            var sum = Block.zero
            for block in 0..<width { sum += weights[one * width + block] * row[block] }
            scores[one] = sum.sum()
        }
        let loss = criterion.loss(scores, truth: classes[index])
        for one in 0..<classCount where scores[one] != 0 {
            let residual = importance[index] * scores[one]
            for block in 0..<width { gradient[one * width + block] += residual * row[block] }
        }
        return importance[index] * loss
    }
}
