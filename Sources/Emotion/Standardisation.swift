/// Brings each feature to mean 0 and deviation 1. What could not be measured becomes the mean, which is 0.
package struct Standardisation: Sendable, Equatable {
    package let means: [Double]
    package let deviations: [Double]

    /// Values farther out than this many deviations are cut, so that one odd recording can't dominate.
    package static let limit = 3.0

    /// The same for distances: wide enough that what is far out counts, narrow enough that no single value decides.
    static let distanceLimit = 10.0

    /// A feature whose variance is below this, relative to its square mean, is constant but for rounding.
    private static let relativeVarianceMin = 1e-12

    init(means: [Double], deviations: [Double]) {
        self.means = means
        self.deviations = deviations
    }

    /// The mean and deviation of each feature over the vectors in which it was measured.
    package init(_ vectors: some Collection<[Float?]>, featureCount: Int) {
        var means = [Double](repeating: 0, count: featureCount)
        var deviations = [Double](repeating: 1, count: featureCount)
        for feature in 0..<featureCount {
            let values = vectors.compactMap { $0[feature].map(Double.init) }
            guard !values.isEmpty else { continue }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            means[feature] = mean
            if variance > Self.relativeVarianceMin * max(mean * mean, .leastNormalMagnitude) {
                deviations[feature] = variance.squareRoot()
            }
        }
        self.init(means: means, deviations: deviations)
    }

    /// As the model's file keeps it; a deviation that would become 0 stays.
    var rounded: Standardisation {
        Standardisation(
            means: means.map(\.toSixPlaces), deviations: deviations.map { $0.toSixPlaces > 0 ? $0.toSixPlaces : $0 })
    }

    /// The vector in deviations from the mean; what could not be measured stays so.
    package func standardised(_ vector: [Float?]) -> [Float?] {
        zip(vector, apply(vector)).map { $0?.isFinite == true ? Float($1) : nil }
    }

    /// Mean square distance from the mean, in deviations, over the features that were measured: about 1 for a vector of the kind
    /// that the statistics were taken from; infinite where nothing was measured.
    package func distance(_ vector: [Float?]) -> Double {
        var (sum, count) = (0.0, 0)
        for (index, value) in vector.enumerated() {
            guard let value, value.isFinite else { continue }
            let far = min(Self.distanceLimit, abs(Double(value) - means[index]) / deviations[index])
            sum += far * far
            count += 1
        }
        return count == 0 ? .infinity : sum / Double(count)
    }

    package func apply(_ vector: [Float?]) -> [Double] {
        means.indices.map { index in
            guard let value = vector[index], value.isFinite else { return 0 }
            return max(-Self.limit, min(Self.limit, (Double(value) - means[index]) / deviations[index]))
        }
    }
}
