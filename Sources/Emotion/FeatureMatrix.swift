/// Rows of features for fitting, eight values a block; a constant 1 stands behind the features, zeros fill the last block.
package struct FeatureMatrix: Sendable {
    package typealias Block = SIMD8<Double>

    package let rowCount: Int
    let featureCount: Int
    /// Blocks of a row.
    let blockCount: Int
    private(set) var blocks: [Block]

    package init(_ rows: [[Double]], featureCount: Int) {
        rowCount = rows.count
        self.featureCount = featureCount
        blockCount = featureCount / Block.scalarCount + 1
        blocks = [Block](repeating: .zero, count: rows.count * blockCount)
        for (row, values) in rows.enumerated() {
            for (index, value) in (values + [1]).enumerated() {
                blocks[row * blockCount + index / Block.scalarCount][index % Block.scalarCount] = value
            }
        }
    }

    func value(_ row: Int, _ feature: Int) -> Double {
        blocks[row * blockCount + feature / Block.scalarCount][feature % Block.scalarCount]
    }

    /// The same rows with some of the features alone.
    func columns(_ features: [Int]) -> FeatureMatrix {
        FeatureMatrix(
            (0..<rowCount).map { row in features.map { value(row, $0) } }, featureCount: features.count)
    }

    /// The weighted mean of the products of every two features' distances from a centre: for each feature those with it and all
    /// before.
    ///
    /// - Parameters:
    ///   - centres: one a row.
    ///   - importance: what each row weighs.
    func covariance(around centres: [[Double]], importance: [Double]) -> [[Double]] {
        let width = blockCount
        var sums = [Block](repeating: .zero, count: featureCount * width)
        sums.withUnsafeMutableBufferPointer { sums in
            for row in 0..<rowCount {
                let distances = distances(row, from: centres[row])
                for feature in 0..<featureCount {
                    let factor = importance[row] * distances[feature / Block.scalarCount][feature % Block.scalarCount]
                    for block in 0...feature / Block.scalarCount { sums[feature * width + block] += factor * distances[block] }
                }
            }
        }
        return (0..<featureCount).map { feature in
            (0...feature).map { sums[feature * width + $0 / Block.scalarCount][$0 % Block.scalarCount] }
        }
    }

    private func distances(_ row: Int, from centre: [Double]) -> [Block] {
        var distances = Array(blocks[row * blockCount..<(row + 1) * blockCount])
        for feature in 0..<featureCount {
            distances[feature / Block.scalarCount][feature % Block.scalarCount] -= centre[feature]
        }
        return distances
    }

    /// For each block of a row, 1 where a penalty holds: at the features, not at the constant.
    var penaltyMask: [Block] {
        (0..<blockCount).map { block in
            var mask = Block.zero
            for lane in 0..<Block.scalarCount where block * Block.scalarCount + lane < featureCount { mask[lane] = 1 }
            return mask
        }
    }
}
