/// Arousal, valence or dominance as a number from 0 to 1, where the training data is labelled with it.
public struct DimensionModel: Sendable, Equatable {
    /// How models made in the same way do on speakers that they have not heard: each example was scored once, by a model for
    /// which its speaker was held out of the fit and of the choice of penalty.
    public struct Evaluation: Sendable, Equatable {
        /// Examples that have the dimension.
        public let exampleCount: Int
        /// Speakers of these.
        public let speakerCount: Int
        /// Pearson's.
        public let correlation: Double
        /// Lin's concordance (Biometrics 45(1), 1989): also punishes another mean or spread.
        public let concordance: Double
        /// On the dimension's scale from 0 to 1.
        public let rootMeanSquareError: Double

        /// - Parameters: one value and one target for each example.
        init(_ values: [Double], targets: [Double], speakerCount: Int) {
            let count = Double(values.count)
            let (mean, targetMean) = (values.reduce(0, +) / count, targets.reduce(0, +) / count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            let targetVariance = targets.reduce(0) { $0 + ($1 - targetMean) * ($1 - targetMean) } / count
            let covariance = zip(values, targets).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - targetMean) } / count
            let spread = (variance * targetVariance).squareRoot()
            let sum = variance + targetVariance + (mean - targetMean) * (mean - targetMean)
            self.init(
                exampleCount: values.count, speakerCount: speakerCount, correlation: spread > 0 ? covariance / spread : 0,
                concordance: sum > 0 ? 2 * covariance / sum : 0,
                rootMeanSquareError: (zip(values, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / count)
                    .squareRoot())
        }

        init(exampleCount: Int, speakerCount: Int, correlation: Double, concordance: Double, rootMeanSquareError: Double) {
            self.exampleCount = exampleCount
            self.speakerCount = speakerCount
            self.correlation = correlation
            self.concordance = concordance
            self.rootMeanSquareError = rootMeanSquareError
        }
    }

    /// The dimensions that a manifest may have as columns.
    public static let names = ["arousal", "dominance", "valence"]

    /// One of `names`.
    public let name: String
    let standardisation: Standardisation
    /// A weight for each feature, then the intercept.
    let weights: [Double]
    /// How well it does on speakers that it has not heard.
    public let evaluation: Evaluation

    /// From 0 to 1.
    func value(_ vector: [Float?]) -> Double {
        Self.value(standardisation.apply(vector), weights)
    }

    static func value(_ row: [Double], _ weights: [Double]) -> Double {
        min(1, max(0, zip(row, weights).reduce(weights[row.count]) { $0 + $1.0 * $1.1 }))
    }
}
