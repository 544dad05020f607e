import Crypto

/// The Merkle tree of RFC 6962 and RFC 9162 (section 2.1) over hashes of leaves, without input or output: whoever keeps
/// the nodes lends them. Sizes and indexes count leaves.
public enum MerkleLog {
    /// A full subtree: 2^level leaves, from index × 2^level on. Level 0 is a leaf. Full subtrees never change.
    public struct Node: Hashable, Sendable {
        public let level: Int
        public let index: Int64

        public init(level: Int, index: Int64) {
            self.level = level
            self.index = index
        }

        /// The leaf whose arrival made the subtree full.
        public var lastLeaf: Int64 { (index + 1) << Int64(level) - 1 }
    }

    /// Lends the hash of a full subtree.
    public typealias Nodes = (Node) throws -> [UInt8]

    /// The hash of a leaf's bytes.
    public static func leafHash(_ bytes: [UInt8]) -> [UInt8] { SHA256.hash([0] + bytes) }

    /// The hash of two subtrees side by side.
    public static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { SHA256.hash([1] + left + right) }

    /// The root of no leaves.
    public static let emptyRoot = SHA256.hash([])

    /// The root of the first `size` leaves: reads as many nodes as `size` has one bits.
    public static func root(size: Int64, nodes: Nodes) rethrows -> [UInt8] {
        precondition(size >= 0)
        return size == 0 ? emptyRoot : try hash(0, size, nodes)
    }

    /// The path from a leaf to the root of the first `size` leaves, nearest sibling first.
    public static func inclusionPath(of index: Int64, size: Int64, nodes: Nodes) rethrows -> [[UInt8]] {
        precondition(index >= 0 && index < size)
        var path: [[UInt8]] = []
        var start: Int64 = 0
        var end = size
        while end - start > 1 {
            let middle = start + split(end - start)
            if index < middle {
                path.append(try hash(middle, end, nodes))
                end = middle
            } else {
                path.append(try hash(start, middle, nodes))
                start = middle
            }
        }
        return path.reversed()
    }

    /// What shows that the first `second` leaves begin with the first `first` ones; empty where they are the same.
    public static func consistencyPath(first: Int64, second: Int64, nodes: Nodes) rethrows -> [[UInt8]] {
        precondition(first > 0 && first <= second)
        var path: [[UInt8]] = []
        var start: Int64 = 0
        var end = second
        var isWhole = true
        while end != first {
            let middle = start + split(end - start)
            if first <= middle {
                path.append(try hash(middle, end, nodes))
                end = middle
            } else {
                path.append(try hash(start, middle, nodes))
                start = middle
                isWhole = false
            }
        }
        if !isWhole { path.append(try hash(start, end, nodes)) }
        return path.reversed()
    }

    /// The hash of leaves `start` to before `end`, as the recursion of the RFC cuts them.
    private static func hash(_ start: Int64, _ end: Int64, _ nodes: Nodes) rethrows -> [UInt8] {
        let count = end - start
        if count & (count - 1) == 0 {
            return try nodes(Node(level: count.trailingZeroBitCount, index: start / count))
        }
        let middle = start + split(count)
        return nodeHash(try hash(start, middle, nodes), try hash(middle, end, nodes))
    }

    /// The largest power of two below a count of at least two.
    private static func split(_ count: Int64) -> Int64 { 1 << (63 - (count - 1).leadingZeroBitCount) }
}
