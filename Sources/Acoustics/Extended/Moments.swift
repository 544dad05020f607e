/// Sums over frames of several values side by side, from which means and deviations follow.
struct Moments: Sendable {
    /// Fewer frames tell nothing.
    static let countMin = 3

    private var sums: [Double]
    private var squares: [Double]
    private var magnitudes: [Double]
    private var count = 0

    init(width: Int) {
        sums = [Double](repeating: 0, count: width)
        squares = sums
        magnitudes = sums
    }

    mutating func add(_ values: [Float]) {
        count += 1
        for index in sums.indices {
            let value = Double(values[index])
            sums[index] += value
            squares[index] += value * value
            magnitudes[index] += abs(value)
        }
    }

    /// nil for too few frames.
    var means: [Double?] { sums.map { isEnough ? $0 / Double(count) : nil } }

    /// Of the population.
    var deviations: [Double?] {
        sums.indices.map { index in
            guard isEnough else { return nil }
            let mean = sums[index] / Double(count)
            return max(0, squares[index] / Double(count) - mean * mean).squareRoot()
        }
    }

    /// Means of the absolute values.
    var meanMagnitudes: [Double?] { magnitudes.map { isEnough ? $0 / Double(count) : nil } }

    private var isEnough: Bool { count >= Self.countMin }
}
