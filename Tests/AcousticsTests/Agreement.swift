/// How well measurements agree with the truth.
struct Agreement {
    let correlation: Double
    /// Mean absolute difference.
    let meanError: Double

    init(truth: [Double], measured: [Double]) {
        meanError = Self.mean(zip(truth, measured).map { abs($0 - $1) })
        let (truthMean, measuredMean) = (Self.mean(truth), Self.mean(measured))
        let both = zip(truth, measured).reduce(0.0) { $0 + ($1.0 - truthMean) * ($1.1 - measuredMean) }
        let truthSquares = truth.reduce(0.0) { $0 + ($1 - truthMean) * ($1 - truthMean) }
        let measuredSquares = measured.reduce(0.0) { $0 + ($1 - measuredMean) * ($1 - measuredMean) }
        correlation = both / (truthSquares * measuredSquares).squareRoot()
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
