/// A scorer whose kind, penalty and temperature were chosen on speakers that were held out in turn.
struct SpeakerIndependentFit: Sendable {
    let scorer: Scorer

    private struct Candidate {
        let kind: ClassifierKind
        let penalty: Double
    }

    /// - Parameters:
    ///   - kinds: what is tried; at least one.
    ///   - vectors: features of all rows of the table.
    ///   - rows: the rows to fit on, of two speakers or more.
    init(_ table: TrainingTable, kinds: [ClassifierKind], vectors: [[Float?]], rows: [Int], _ foldCountMax: Int) {
        let folds = SpeakerFolds(rows.map { table.speakers[$0] }, countMax: foldCountMax)
        let candidates = kinds.flatMap { kind in kind.penalties.map { Candidate(kind: kind, penalty: $0) } }
        // For each candidate the scores of all rows, each by a fit that has not seen its speaker.
        var trials = [[[Double]]](repeating: [[Double]](repeating: [], count: rows.count), count: candidates.count)
        for fold in 0..<folds.count {
            let side = Side(table, vectors, folds.outside(fold).map { rows[$0] })
            let classifiers = kinds.flatMap { side.path($0, $0.penalties) }
            for index in folds.inside(fold) {
                let row = side.standardisation.apply(vectors[rows[index]])
                for (trial, classifier) in classifiers.enumerated() { trials[trial][index] = classifier.scores(row) }
            }
        }
        let classes = rows.map { table.classes[$0] }
        let best = Self.best(trials, classes)
        let (kind, penalty) = (candidates[best].kind, candidates[best].penalty)
        let side = Side(table, vectors, rows)
        scorer = Scorer(
            kind: kind, penalty: penalty, standardisation: side.standardisation,
            classifier: side.path(kind, kind.penalties(to: penalty)).last!.rounded,
            temperature: Temperature(fitting: trials[best], classes: classes))
    }

    /// The rows that a fit may see.
    private struct Side {
        let standardisation: Standardisation
        private let matrix: FeatureMatrix
        private let classes: [Int]
        private let classCount: Int

        init(_ table: TrainingTable, _ vectors: [[Float?]], _ rows: [Int]) {
            let standardisation = Standardisation(rows.map { vectors[$0] }, featureCount: table.featureCount).rounded
            self.standardisation = standardisation
            matrix = FeatureMatrix(
                rows.map { standardisation.apply(vectors[$0]) }, featureCount: table.featureCount)
            classes = rows.map { table.classes[$0] }
            classCount = table.labels.count
        }

        func path(_ kind: ClassifierKind, _ penalties: [Double]) -> [Classifier] {
            kind.path(matrix, classes: classes, classCount: classCount, penalties: penalties)
        }
    }

    /// The trial with the least log loss at its own best temperature.
    private static func best(_ trials: [[[Double]]], _ classes: [Int]) -> Int {
        let losses = trials.map { Temperature(fitting: $0, classes: classes).logLoss($0, classes) }
        return losses.indices.reduce(0) { losses[$1] < losses[$0] ? $1 : $0 }
    }
}
