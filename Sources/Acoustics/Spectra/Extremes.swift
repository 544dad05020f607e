// What the standard library's functions for these make is a loop over the lanes.

extension SIMD8<Float> {
    /// The larger of each pair.
    @inline(__always)
    func larger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

    /// The smaller of each pair.
    @inline(__always)
    func smaller(_ other: Self) -> Self { replacing(with: other, where: other .< self) }
}

extension SIMDMask<SIMD8<Int32>> {
    /// Whether any lane is set.
    @inline(__always)
    var isAnywhere: Bool {
        let quarters = unsafeBitCast(self, to: SIMD4<UInt64>.self)
        let halves = quarters.lowHalf | quarters.highHalf
        return halves.x | halves.y != 0
    }
}

extension UnsafeBufferPointer<Float> {
    /// The lowest and the highest value, and 0 where all are on one side of it.
    var outermost: (lowest: Float, highest: Float) {
        var (low, high) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let bytes = UnsafeRawBufferPointer(self)
        let inEights = count & ~7
        for index in stride(from: 0, to: inEights, by: 8) {
            let values = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
            low = low.smaller(values)
            high = high.larger(values)
        }
        var (lowest, highest) = (low.min(), high.max())
        for index in inEights..<count {
            lowest = Swift.min(lowest, self[index])
            highest = Swift.max(highest, self[index])
        }
        return (lowest, highest)
    }
}
