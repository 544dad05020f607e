/// The kinds of classifier that training chooses from.
public enum ClassifierKind: String, Sendable, CaseIterable {
    /// Multinomial logistic regression.
    case logisticRegression = "logistic-regression"
    /// One linear support vector machine a label against all others, with squared hinge loss.
    case supportVectors = "linear-svm"
    /// One hidden layer.
    case network

    /// What is tried, descending: half the penalty times the squared norm of the weights is added to the mean loss.
    var penalties: [Double] {
        switch self {
        case .logisticRegression: [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]
        case .supportVectors: [10, 3, 1, 0.3, 0.1]
        case .network: [0.1, 0.03, 0.01]
        }
    }

    /// Fits once for each penalty.
    ///
    /// - Parameters:
    ///   - rows: standardised features.
    ///   - classes: the class of each row, below `classCount`.
    ///   - penalties: descending; linear kinds begin each fit where the last ended, so the same path ends at the same place.
    func path(_ matrix: FeatureMatrix, classes: [Int], classCount: Int, penalties: [Double]) -> [Classifier] {
        switch self {
        case .logisticRegression:
            LinearClassifier.path(matrix, .logLoss, classes: classes, classCount: classCount, penalties: penalties)
                .map(Classifier.linear)
        case .supportVectors:
            LinearClassifier.path(matrix, .squaredHinge, classes: classes, classCount: classCount, penalties: penalties)
                .map(Classifier.linear)
        case .network:
            penalties.map {
                .network(NeuralNetwork(fitting: matrix, classes: classes, classCount: classCount, penalty: $0))
            }
        }
    }

    /// The penalties that must be walked through to end at one of them.
    func penalties(to penalty: Double) -> [Double] {
        self == .network ? [penalty] : penalties.filter { $0 >= penalty }
    }
}
