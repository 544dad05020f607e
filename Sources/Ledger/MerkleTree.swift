/// A small tree held whole.
struct MerkleTree {
    /// Full subtrees by level; level 0 are the leaves.
    private let levels: [[[UInt8]]]

    /// - Parameter leaves: hashes of leaves.
    init(_ leaves: [[UInt8]]) {
        var levels = [leaves]
        while let level = levels.last, level.count > 1 {
            levels.append((0..<level.count / 2).map { MerkleLog.nodeHash(level[2 * $0], level[2 * $0 + 1]) })
        }
        self.levels = levels
    }

    var size: Int64 { Int64(levels[0].count) }

    var root: [UInt8] { MerkleLog.root(size: size, nodes: node) }

    func path(of index: Int64) -> [[UInt8]] { MerkleLog.inclusionPath(of: index, size: size, nodes: node) }

    private func node(_ node: MerkleLog.Node) -> [UInt8] { levels[node.level][Int(node.index)] }
}
