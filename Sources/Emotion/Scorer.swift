/// All that turns features into calibrated probabilities.
struct Scorer: Sendable, Equatable {
    let kind: ClassifierKind
    /// The penalty that was chosen; nil of a committee, whose members have their own.
    let penalty: Double?
    let standardisation: Standardisation
    let classifier: Classifier
    let temperature: Temperature

    var fittedKinds: [FittedKind] {
        if case .committee(let committee) = classifier {
            return committee.members.map { FittedKind(kind: $0.kind, penalty: $0.penalty, weight: $0.weight) }
        }
        return penalty.map { [FittedKind(kind: kind, penalty: $0, weight: nil)] } ?? []
    }

    func scores(_ vector: [Float?]) -> [Double] { classifier.scores(standardisation.apply(vector)) }

    func probabilities(_ vector: [Float?]) -> [Double] { temperature.probabilities(scores(vector)) }
}
