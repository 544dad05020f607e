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

    /// For each block of a row, 1 where a penalty holds: at the features, not at the constant.
    var penaltyMask: [Block] {
        (0..<blockCount).map { block in
            var mask = Block.zero
            for lane in 0..<Block.scalarCount where block * Block.scalarCount + lane < featureCount { mask[lane] = 1 }
            return mask
        }
    }
}
