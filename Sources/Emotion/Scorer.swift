/// All that turns features into calibrated probabilities.
struct Scorer: Sendable, Equatable {
    let kind: ClassifierKind
    /// The penalty that was chosen.
    let penalty: Double
    let standardisation: Standardisation
    let classifier: Classifier
    let temperature: Temperature

    func scores(_ vector: [Float?]) -> [Double] { classifier.scores(standardisation.apply(vector)) }

    func probabilities(_ vector: [Float?]) -> [Double] { temperature.probabilities(scores(vector)) }
}
