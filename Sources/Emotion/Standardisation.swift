/// Brings each feature to mean 0 and deviation 1; what could not be measured becomes the mean.
struct Standardisation: Sendable, Equatable {
    let means: [Double]
    let deviations: [Double]

    /// Values farther out than this many deviations are cut, so that one odd recording can't dominate.
    static let limit = 6.0

    init(means: [Double], deviations: [Double]) {
        self.means = means
        self.deviations = deviations
    }

    init(_ vectors: [[Float?]], count: Int) {
        var means = [Double](repeating: 0, count: count)
        var deviations = [Double](repeating: 1, count: count)
        for feature in 0..<count {
            let values = vectors.compactMap { $0[feature].map(Double.init) }
            guard !values.isEmpty else { continue }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            means[feature] = mean
            deviations[feature] = variance > 1e-12 ? variance.squareRoot() : 1
        }
        self.init(means: means, deviations: deviations)
    }

    func apply(_ vector: [Float?]) -> [Double] {
        means.indices.map { index in
            guard let value = vector[index], value.isFinite else { return 0 }
            return max(-Self.limit, min(Self.limit, (Double(value) - means[index]) / deviations[index]))
        }
    }
}
