/// Classifiers of several kinds that are heard together: the mean of their log probabilities, each at its own temperature. Where they
/// err differently, the mean errs less often than each (Hansen and Salamon, IEEE PAMI 12(10), 1990).
struct Committee: Sendable, Equatable {
    struct Member: Sendable, Equatable {
        /// Not a committee.
        let kind: ClassifierKind
        let penalty: Double
        /// What its scores are multiplied by: its share of the mean over its temperature. Above 0.
        let weight: Double
        let classifier: Classifier
    }

    /// Kinds that are heard together: the best ones. More of them did worse, and so did weights that were fitted.
    static let memberCount = 2

    /// At least one.
    let members: [Member]

    /// A score for each class; their differences are log odds.
    func scores(_ row: [Double]) -> [Double] {
        Self.sum(members.map { ($0.classifier.scores(row), $0.weight) })
    }

    /// The weighted sum of several classifiers' scores for one row. What a row's scores lack to log probabilities is the same for all
    /// classes and changes no probability.
    static func sum(_ parts: [(scores: [Double], weight: Double)]) -> [Double] {
        parts[0].scores.indices.map { one in parts.reduce(0) { $0 + $1.scores[one] * $1.weight } }
    }
}
