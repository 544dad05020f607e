/// From standardised features to a score for each class.
indirect enum Classifier: Sendable, Equatable {
    case linear(LinearClassifier)
    case network(NeuralNetwork)
    case committee(Committee)

    func scores(_ row: [Double]) -> [Double] {
        switch self {
        case .linear(let linear): linear.scores(row)
        case .network(let network): network.scores(row)
        case .committee(let committee): committee.scores(row)
        }
    }

    /// Whether the weights fit to each other, to so many features and to so many classes.
    func fits(featureCount: Int, classCount: Int) -> Bool {
        switch self {
        case .linear(let linear): linear.weights.count == classCount && linear.fits(featureCount: featureCount)
        case .network(let network):
            network.output.weights.count == classCount && network.hidden.fits(featureCount: featureCount)
                && network.output.fits(featureCount: network.hidden.weights.count)
        case .committee(let committee):
            !committee.members.isEmpty
                && committee.members.allSatisfy {
                    $0.weight > 0 && $0.classifier.fits(featureCount: featureCount, classCount: classCount)
                }
        }
    }

    /// Weights as the model's file keeps them: to six decimal places. Those of a committee's members are rounded one by one.
    var rounded: Classifier {
        switch self {
        case .linear(let linear): .linear(linear.rounded)
        case .network(let network): .network(NeuralNetwork(hidden: network.hidden.rounded, output: network.output.rounded))
        case .committee: self
        }
    }
}
