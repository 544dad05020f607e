extension MerkleLog {
    /// Whether the path leads from a leaf to the root of `size` leaves (RFC 9162 section 2.1.3.2).
    public static func isIncluded(
        _ leafHash: [UInt8], at index: Int64, size: Int64, path: [[UInt8]], root: [UInt8]
    ) -> Bool {
        rootIncluding(leafHash, at: index, size: size, path: path) == root
    }

    /// The root to which a path leads from a leaf; nil where no path of this length can.
    public static func rootIncluding(
        _ leafHash: [UInt8], at index: Int64, size: Int64, path: [[UInt8]]
    ) -> [UInt8]? {
        guard index >= 0, index < size, path.allSatisfy({ $0.count == leafHash.count }) else { return nil }
        var place = index
        var last = size - 1
        var hash = leafHash
        for sibling in path {
            guard last > 0 else { return nil }
            if place & 1 == 1 || place == last {
                hash = nodeHash(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 ? hash : nil
    }

    /// Whether the tree of `second` leaves begins with the one of `first` leaves (RFC 9162 section 2.1.4.2).
    public static func isConsistent(
        first: Int64, firstRoot: [UInt8], second: Int64, secondRoot: [UInt8], path: [[UInt8]]
    ) -> Bool {
        guard first > 0, first <= second, path.allSatisfy({ $0.count == firstRoot.count }) else { return false }
        if first == second { return path.isEmpty && firstRoot == secondRoot }
        var rest = path[...]
        if first & (first - 1) == 0 { rest = [firstRoot] + rest }
        guard let begin = rest.popFirst() else { return false }
        var place = first - 1
        var last = second - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var old = begin
        var new = begin
        for sibling in rest {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                old = nodeHash(sibling, old)
                new = nodeHash(sibling, new)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = nodeHash(new, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && old == firstRoot && new == secondRoot
    }
}
