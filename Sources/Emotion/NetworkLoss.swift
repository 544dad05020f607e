import Foundation

/// The mean log loss of a network of one hidden layer, every class weighing the same, plus half the penalty times the squared
/// norm of all weights but the intercepts; its gradient by back-propagation.
package struct NetworkLoss {
    package typealias Block = FeatureMatrix.Block

    private let matrix: FeatureMatrix
    private let classes: [Int]
    private let classCount: Int
    private let hiddenCount: Int
    private let importance: [Double]
    private let penalty: Double
    /// For every block of the parameters, 1 where the penalty holds.
    private let penaltyMask: [Block]

    /// - Parameter hiddenCount: a multiple of 8.
    package init(_ matrix: FeatureMatrix, classes: [Int], classCount: Int, hiddenCount: Int, penalty: Double) {
        precondition(hiddenCount % Block.scalarCount == 0)
        self.matrix = matrix
        self.classes = classes
        self.classCount = classCount
        self.hiddenCount = hiddenCount
        self.penalty = penalty
        importance = Criterion.importance(classes, classCount)
        let outputMask = [Block](repeating: .one, count: hiddenCount / Block.scalarCount) + [.zero]
        penaltyMask =
            (0..<hiddenCount).flatMap { _ in matrix.penaltyMask } + (0..<classCount).flatMap { _ in outputMask }
    }

    /// The parameters' first blocks are the hidden units', in rows.
    package var hiddenBlockCount: Int { hiddenCount * matrix.blockCount }

    /// Blocks of an output's row: the hidden units, then the constant.
    private var outputBlockCount: Int { hiddenCount / Block.scalarCount + 1 }

    /// Uniform weights whose width keeps the units' variance (Glorot and Bengio, AISTATS 2010), intercepts 0.
    package func start(_ chance: inout some RandomNumberGenerator) -> [Block] {
        let hiddenWidth = (6 / Double(matrix.featureCount + hiddenCount)).squareRoot()
        let outputWidth = (6 / Double(hiddenCount + classCount)).squareRoot()
        return penaltyMask.enumerated().map { index, mask in
            let width = index < hiddenBlockCount ? hiddenWidth : outputWidth
            var block = Block.zero
            for lane in 0..<Block.scalarCount { block[lane] = Double.random(in: -width...width, using: &chance) }
            return block * mask
        }
    }

    /// The loss at the weights; writes its gradient.
    package func value(at weights: [Block], gradient: inout [Block]) -> Double {
        var value = 0.0
        for index in weights.indices {
            let free = weights[index] * penaltyMask[index]
            value += penalty / 2 * (free * free).sum()
            gradient[index] = penalty * free
        }
        matrix.blocks.withUnsafeBufferPointer { rows in
            weights.withUnsafeBufferPointer { weights in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    value += addRows(rows.baseAddress!, weights.baseAddress!, gradient.baseAddress!)
                }
            }
        }
        return value
    }

    private func addRows(
        _ rows: UnsafePointer<Block>, _ weights: UnsafePointer<Block>, _ gradient: UnsafeMutablePointer<Block>
    ) -> Double {
        let width = matrix.blockCount
        let outputWidth = outputBlockCount
        var value = 0.0
        withUnsafeTemporaryAllocation(of: Double.self, capacity: classCount) { scores in
            withUnsafeTemporaryAllocation(of: Block.self, capacity: 2 * outputWidth) { blocks in
                let units = blocks.baseAddress!
                let slopes = units + outputWidth
                for row in 0..<matrix.rowCount {
                    let features = rows + row * width
                    activate(features, weights, into: units)
                    for one in 0..<classCount {
                        let output = weights + hiddenBlockCount + one * outputWidth
                        var sum = Block.zero
                        for block in 0..<outputWidth { sum += output[block] * units[block] }
                        scores[one] = sum.sum()
                    }
                    value += importance[row] * Criterion.logLoss.loss(scores, truth: classes[row])
                    for block in 0..<outputWidth { slopes[block] = .zero }
                    for one in 0..<classCount {
                        let residual = importance[row] * scores[one]
                        let place = hiddenBlockCount + one * outputWidth
                        for block in 0..<outputWidth {
                            slopes[block] += residual * weights[place + block]
                            gradient[place + block] += residual * units[block]
                        }
                    }
                    descend(features, units, slopes, gradient)
                }
            }
        }
        return value
    }

    /// The hidden units of one row, then the constant 1.
    @inline(__always)
    private func activate(
        _ features: UnsafePointer<Block>, _ weights: UnsafePointer<Block>, into units: UnsafeMutablePointer<Block>
    ) {
        let width = matrix.blockCount
        for unit in 0..<hiddenCount {
            let own = weights + unit * width
            var sum = Block.zero
            for block in 0..<width { sum += own[block] * features[block] }
            units[unit / Block.scalarCount][unit % Block.scalarCount] = tanh(sum.sum())
        }
        units[outputBlockCount - 1] = .zero
        units[outputBlockCount - 1][0] = 1
    }

    /// Adds the hidden weights' gradient of one row.
    @inline(__always)
    private func descend(
        _ features: UnsafePointer<Block>, _ units: UnsafePointer<Block>, _ slopes: UnsafePointer<Block>,
        _ gradient: UnsafeMutablePointer<Block>
    ) {
        let width = matrix.blockCount
        for unit in 0..<hiddenCount {
            let (block, lane) = (unit / Block.scalarCount, unit % Block.scalarCount)
            let slope = slopes[block][lane] * (1 - units[block][lane] * units[block][lane])
            let own = gradient + unit * width
            for block in 0..<width { own[block] += slope * features[block] }
        }
    }
}
