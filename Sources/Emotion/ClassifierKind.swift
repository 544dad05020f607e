/// The kinds of classifier that training chooses from.
public enum ClassifierKind: String, Sendable, CaseIterable {
    /// Multinomial logistic regression.
    case logisticRegression = "logistic-regression"
    /// One linear support vector machine a label against all others, with squared hinge loss.
    case supportVectors = "linear-svm"
    /// Gaussians of one shrunken covariance.
    case discriminant
    /// One hidden layer: the mean of several networks over half of the features each.
    case network
    /// The mean of the two others that do best on held-out speakers.
    case committee

    /// What is fitted for it: itself, or what a committee's members are taken from.
    var members: [ClassifierKind] { self == .committee ? Self.allCases.filter { $0 != .committee } : [self] }

    /// What is tried, descending. Half the penalty times the squared norm of the weights is added to the mean loss; of a
    /// discriminant it is the share of the covariance that is replaced. A committee has none of its own.
    package var penalties: [Double] {
        switch self {
        case .logisticRegression: [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]
        case .supportVectors: [10, 3, 1, 0.3, 0.1]
        case .discriminant: [0.9, 0.8, 0.7, 0.5, 0.3, 0.2, 0.1]
        case .network: [0.1, 0.03, 0.01]
        case .committee: []
        }
    }

    /// Fits once for each penalty.
    ///
    /// - Parameters:
    ///   - matrix: standardised features.
    ///   - classes: the class of each row, below `classCount`.
    ///   - penalties: descending; kinds that walk begin each fit where the last ended, so the same path ends at the same place.
    func path(_ matrix: FeatureMatrix, classes: [Int], classCount: Int, penalties: [Double]) -> [Classifier] {
        switch self {
        case .logisticRegression:
            return LinearClassifier.path(matrix, .logLoss, classes: classes, classCount: classCount, penalties: penalties)
                .map(Classifier.linear)
        case .supportVectors:
            return LinearClassifier.path(matrix, .squaredHinge, classes: classes, classCount: classCount, penalties: penalties)
                .map(Classifier.linear)
        case .discriminant:
            let discriminant = LinearDiscriminant(matrix, classes: classes, classCount: classCount)
            return penalties.map { .linear(discriminant.classifier(shrinkage: $0)) }
        case .network:
            return penalties.map {
                .network(NeuralNetwork(fitting: matrix, classes: classes, classCount: classCount, penalty: $0))
            }
        case .committee: return []
        }
    }

    /// The penalties that must be walked through to end at one of them.
    func penalties(to penalty: Double) -> [Double] {
        switch self {
        case .logisticRegression, .supportVectors: penalties.filter { $0 >= penalty }
        case .discriminant, .network, .committee: [penalty]
        }
    }
}
