/// How the values of a contour are spread.
struct Movement: Sendable {
    /// Population deviation, 5 %, 95 %, their difference, skewness, median.
    let deviation: Double?
    let low: Double?
    let high: Double?
    let range: Double?
    let skewness: Double?
    let median: Double?
    let mean: Double?

    init(_ values: [Float]) {
        let isEnough = values.count >= Moments.countMin
        let statistics = Statistics(isEnough ? values : [])
        let percentile = Percentile(isEnough ? values : [])
        mean = statistics.mean
        deviation = statistics.deviation
        low = percentile[0.05]
        high = percentile[0.95]
        range = high.flatMap { high in percentile[0.05].map { high - $0 } }
        median = percentile[0.5]
        skewness = Self.skewness(values, statistics)
    }

    /// nil for a constant.
    private static func skewness(_ values: [Float], _ statistics: Statistics) -> Double? {
        guard let mean = statistics.mean, let deviation = statistics.deviation, deviation > 1e-6 * max(1, abs(mean)) else {
            return nil
        }
        let cubes = values.reduce(0.0) { sum, value in
            let z = (Double(value) - mean) / deviation
            return sum + z * z * z
        }
        return cubes / Double(values.count)
    }

    /// The mean of the values in a range of places less that of all; nil for too few values.
    static func excess(_ values: [Float], _ places: Range<Int>) -> Double? {
        guard values.count >= Moments.countMin, !places.isEmpty else { return nil }
        return Statistics(values[places]).mean! - Statistics(values).mean!
    }
}
