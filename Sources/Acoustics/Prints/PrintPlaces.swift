/// Sub-prints one behind the other, each with the place of the next one in its bucket. Held in blocks, so that growing copies
/// nothing; a recording's sub-prints never lie in two blocks.
///
/// Unchecked because of the pointers: the blocks belong to this value alone, which can't be copied.
struct PrintPlaces: ~Copyable, @unchecked Sendable {
    private static let blockBits = 20
    private static let blockLength = 1 << blockBits

    private var values: [UnsafeMutablePointer<UInt32>] = []
    private var nexts: [UnsafeMutablePointer<UInt32>] = []
    /// Places used, those left free at the ends of blocks among them.
    private(set) var count = 0

    deinit {
        for block in values { block.deallocate() }
        for block in nexts { block.deallocate() }
    }

    var byteCount: Int { values.count * Self.blockLength * 8 }

    /// Takes sub-prints; answers the place of the first.
    mutating func append(_ subprints: [UInt32]) -> Int {
        if count + subprints.count > values.count << Self.blockBits {
            count = values.count << Self.blockBits
            values.append(.allocate(capacity: Self.blockLength))
            nexts.append(.allocate(capacity: Self.blockLength))
        }
        let start = count
        for (index, subprint) in subprints.enumerated() {
            values[start >> Self.blockBits][(start & (Self.blockLength - 1)) + index] = subprint
        }
        count += subprints.count
        return start
    }

    subscript(place: Int) -> (value: UInt32, next: UInt32) {
        let (block, rest) = (place >> Self.blockBits, place & (Self.blockLength - 1))
        return (values[block][rest], nexts[block][rest])
    }

    mutating func link(_ place: Int, to next: UInt32) {
        nexts[place >> Self.blockBits][place & (Self.blockLength - 1)] = next
    }

    /// Overwrites a sub-print; its bucket goes on behind it.
    mutating func erase(_ place: Int) {
        values[place >> Self.blockBits][place & (Self.blockLength - 1)] = Print.silent
    }

    /// Lends a recording's sub-prints; good until the next change.
    func range(_ start: Int, count: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: values[start >> Self.blockBits] + (start & (Self.blockLength - 1)), count: count)
    }
}
