/// A tree that only grows, kept as the roots of its full subtrees: at most one a level, 64 hashes for any size.
public struct MerkleFrontier: Hashable, Sendable {
    /// Number of leaves.
    public private(set) var size: Int64 = 0
    /// Roots of the full subtrees, the largest first: one for each one bit of `size`.
    private var peaks: [[UInt8]] = []

    public init() {}

    /// The tree of the first `size` leaves: reads as many nodes as `size` has one bits.
    public init(size: Int64, nodes: MerkleLog.Nodes) rethrows {
        self.size = size
        var start: Int64 = 0
        for level in (0..<Int64.bitWidth - 1).reversed() where size >> Int64(level) & 1 == 1 {
            peaks.append(try nodes(MerkleLog.Node(level: level, index: start >> Int64(level))))
            start += 1 << Int64(level)
        }
    }

    /// Adds a leaf.
    ///
    /// - Returns: the hashes of the full subtrees that end with this leaf, by level from 0, the leaf itself.
    @discardableResult
    public mutating func append(_ leafHash: [UInt8]) -> [[UInt8]] {
        var completed = [leafHash]
        for _ in 0..<(~size).trailingZeroBitCount {
            completed.append(MerkleLog.nodeHash(peaks.removeLast(), completed[completed.count - 1]))
        }
        peaks.append(completed[completed.count - 1])
        size += 1
        return completed
    }

    /// The root of all leaves.
    public var root: [UInt8] {
        guard var hash = peaks.last else { return MerkleLog.emptyRoot }
        for peak in peaks.dropLast().reversed() { hash = MerkleLog.nodeHash(peak, hash) }
        return hash
    }
}
