/// Holds a print against a kept one, beginning at a place where they seem to agree. From there it goes on block by block to
/// both sides and follows a tempo that differs by up to 2 %.
struct PrintAlignment {
    /// Kept sub-prints of one block: 1.2 s.
    static let blockLength = 24
    private static let glimpseLength = 8
    /// How many sub-prints of the query a block may be shifted against its neighbour: 2.5 % of its length.
    static let drift = -3...3
    /// Kept sub-prints that must be compared: 0.6 s with the window.
    static let countMin = 12
    /// Beyond this a first block is not worth going on from.
    static let blockErrorMax = 0.42
    /// The same for a look-up, which comes back with the next sub-print of the same recording.
    static let promisingErrorMax = 0.32

    let query: UnsafeBufferPointer<UInt32>
    /// Sub-prints of the query that are not silent.
    let spoken: Int
    let kept: UnsafeBufferPointer<UInt32>
    /// Kept sub-prints that must be compared: three quarters of what is said in the shorter of the two.
    private var needed: Int {
        let keptSpoken = kept.count(where: { $0 != Print.silent })
        return max(Self.countMin, min(spoken / PrintGrid.keptStep, keptSpoken) * 3 / 4)
    }

    private struct Sum {
        var errors = 0
        var count = 0

        var rate: Double { count == 0 ? 1 : Double(errors) / Double(32 * count) }
    }

    /// A quick look at the first block as it lies: where no tempo differs much, that is what a match would find there.
    func isPromising(at place: Int, offset: Int) -> Bool {
        // Most are not, and show it in a few sub-prints.
        let near = max(0, place - Self.glimpseLength / 2)
        let glimpse = compare(near..<min(kept.count, near + Self.glimpseLength), offset: offset)
        guard glimpse.rate <= Self.blockErrorMax else { return false }
        let first = max(0, place - Self.blockLength / 2)
        return compare(first..<min(kept.count, first + Self.blockLength), offset: offset).rate <= Self.promisingErrorMax
    }

    /// The match around kept sub-print `place` against the query's at `place * 4 + offset`; nil where it is none.
    func match(at place: Int, offset: Int) -> PrintMatch? {
        let first = max(0, place - Self.blockLength / 2)
        let middle = first..<min(kept.count, first + Self.blockLength)
        var (total, middleOffset) = best(middle, around: offset)
        guard total.count > 0, total.rate <= Self.blockErrorMax else { return nil }
        var (end, rightOffset) = (middle.upperBound, middleOffset)
        while end < kept.count {
            let block = end..<min(kept.count, end + Self.blockLength)
            let (sum, offset) = best(block, around: rightOffset)
            (end, rightOffset) = (block.upperBound, offset)
            total.errors += sum.errors
            total.count += sum.count
        }
        var begin = middle.lowerBound
        while begin > 0 {
            let block = max(0, begin - Self.blockLength)..<begin
            let (sum, offset) = best(block, around: middleOffset)
            (begin, middleOffset) = (block.lowerBound, offset)
            total.errors += sum.errors
            total.count += sum.count
        }
        guard total.count >= needed else { return nil }
        return PrintMatch(bitError: total.rate, count: total.count)
    }

    /// The block's best shift; where nothing can be compared it stays.
    private func best(_ block: Range<Int>, around offset: Int) -> (Sum, Int) {
        var (least, place) = (Sum(), offset)
        for shift in Self.drift {
            let sum = compare(block, offset: offset + shift)
            guard sum.count > 0, least.count == 0 || sum.rate < least.rate else { continue }
            (least, place) = (sum, offset + shift)
        }
        return (least, place)
    }

    private func compare(_ block: Range<Int>, offset: Int) -> Sum {
        var sum = Sum()
        for place in block {
            let other = place * PrintGrid.keptStep + offset
            guard other >= 0, other < query.count else { continue }
            let (a, b) = (kept[place], query[other])
            guard a != Print.silent, b != Print.silent else { continue }
            sum.errors += (a ^ b).nonzeroBitCount
            sum.count += 1
        }
        return sum
    }
}
