// What the standard library's functions of these names make is a loop over the lanes.

extension SIMD4<Float> {
    /// The larger of each pair.
    @inline(__always)
    func larger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

    /// The smaller of each pair.
    @inline(__always)
    func smaller(_ other: Self) -> Self { replacing(with: other, where: other .< self) }
}

extension SIMD8<Float> {
    /// The larger of each pair.
    @inline(__always)
    func larger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

    /// The smaller of each pair.
    @inline(__always)
    func smaller(_ other: Self) -> Self { replacing(with: other, where: other .< self) }
}
