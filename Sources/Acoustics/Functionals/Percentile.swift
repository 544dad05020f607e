/// Percentiles with linear interpolation at p (N - 1): definition 7 of Hyndman and Fan 1996 (The American Statistician 50(4)).
struct Percentile: Sendable {
    private let sorted: [Float]

    init(_ values: [Float]) { sorted = values.sorted() }

    /// nil for no values.
    subscript(share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, sorted.count - 1)
        return Double(sorted[lower]) + (place - Double(lower)) * Double(sorted[upper] - sorted[lower])
    }
}
