/// From standardised features to a score for each class.
enum Classifier: Sendable, Equatable {
    case linear(LinearClassifier)
    case network(NeuralNetwork)

    func scores(_ row: [Double]) -> [Double] {
        switch self {
        case .linear(let linear): linear.scores(row)
        case .network(let network): network.scores(row)
        }
    }

    var classCount: Int {
        switch self {
        case .linear(let linear): linear.weights.count
        case .network(let network): network.output.weights.count
        }
    }

    /// Whether the weights fit to each other and to so many features.
    func fits(featureCount: Int) -> Bool {
        switch self {
        case .linear(let linear): linear.fits(featureCount: featureCount)
        case .network(let network):
            network.hidden.fits(featureCount: featureCount) && network.output.fits(featureCount: network.hidden.weights.count)
        }
    }

    /// Weights as the model's file keeps them: to six decimal places.
    var rounded: Classifier {
        switch self {
        case .linear(let linear): .linear(linear.rounded)
        case .network(let network): .network(NeuralNetwork(hidden: network.hidden.rounded, output: network.output.rounded))
        }
    }
}
