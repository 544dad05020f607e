/// How pitch is spread and moves over a recording. In semitones over 27.5 Hz, seconds, and frames of 10 ms.
struct PitchMovement: Sendable {
    static let names =
        ["stddev", "percentile5", "percentile95", "pctlrange5-95", "skewness", "percentile50"].map { "F0_" + $0 }
        + ["amean", "stddev", "percentile5", "percentile95", "absmean"].map { "F0Change_" + $0 }
        + ["slopePerSecond", "residualStddev", "lastThirdOverFirst", "middleThirdOverMean", "placeOfMaximum"].map { "F0_" + $0 }

    let values: [Double?]

    /// A line through fewer voiced frames says nothing.
    private static let lineFrameCountMin = 6

    /// - Parameter f0Semitones: the smoothed contour; NaN marks unvoiced frames.
    init(_ f0Semitones: [Float]) {
        let spread = Movement(Contour.numbers(f0Semitones))
        let changes = zip(f0Semitones, f0Semitones.dropFirst()).map { $1 - $0 }
        let steps = Contour.numbers(changes)
        let change = Movement(steps)
        values =
            [spread.deviation, spread.low, spread.high, spread.range, spread.skewness, spread.median]
            + [change.mean, change.deviation, change.low, change.high, Movement(steps.map(abs)).mean]
            + Self.course(f0Semitones)
    }

    private static func course(_ f0Semitones: [Float]) -> [Double?] {
        let places = f0Semitones.indices.filter { !f0Semitones[$0].isNaN }
        guard places.count >= lineFrameCountMin else { return [Double?](repeating: nil, count: 5) }
        let pitch = places.map { f0Semitones[$0] }
        let seconds = places.map { Double($0) * Double(FrameGrid.hopSeconds) }
        let middle = seconds.reduce(0, +) / Double(seconds.count)
        let mean = Statistics(pitch).mean!
        var (products, squares, deviations) = (0.0, 0.0, 0.0)
        for (time, value) in zip(seconds, pitch) {
            products += (time - middle) * (Double(value) - mean)
            squares += (time - middle) * (time - middle)
            deviations += (Double(value) - mean) * (Double(value) - mean)
        }
        let slope = products / squares
        let residual = max(0, (deviations - slope * products) / Double(pitch.count)).squareRoot()
        let third = pitch.count / 3
        let last = Movement.excess(pitch, pitch.count - third..<pitch.count)!
        let first = Movement.excess(pitch, 0..<third)!
        let highest = pitch.indices.reduce(0) { pitch[$1] > pitch[$0] ? $1 : $0 }
        return [
            slope, residual, last - first, Movement.excess(pitch, third..<2 * third),
            Double(highest) / Double(pitch.count),
        ]
    }
}
