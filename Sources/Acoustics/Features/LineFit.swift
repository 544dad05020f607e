/// The slope of the least-squares line through the values of neighbouring bins, both ends included, as the spectral slopes of eGeMAPS are
/// meant (Eyben et al. 2016). A factor on the signal adds a constant in decibels and leaves it as it is.
struct LineFit: Sendable {
    private let first: Int
    private let weights: [Float]

    init(bins: ClosedRange<Int>, binHz: Double) {
        first = bins.lowerBound
        let hz = bins.map { Double($0) * binHz }
        let mean = hz.reduce(0, +) / Double(hz.count)
        let spread = hz.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        weights = hz.map { Float(($0 - mean) / spread) }
    }

    /// In units of the values per Hz.
    @inline(__always)
    func slope(_ values: [Frames]) -> Frames {
        var sum = Frames.zero
        for index in weights.indices { sum += values[first + index] * weights[index] }
        return sum
    }
}
