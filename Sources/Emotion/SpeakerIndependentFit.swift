/// A regression whose penalty and temperature were chosen on speakers that were held out in turn.
struct SpeakerIndependentFit: Sendable {
    let standardisation: Standardisation
    let regression: LogisticRegression
    let temperature: Temperature
    let penalty: Double

    /// Penalties that are tried, descending.
    static let penalties = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

    /// - Parameters:
    ///   - vectors: features of all rows of the table.
    ///   - rows: the rows to fit on, of two speakers or more.
    init(_ table: TrainingTable, vectors: [[Float?]], rows: [Int], _ foldCountMax: Int) {
        let folds = SpeakerFolds(rows.map { table.speakers[$0] }, countMax: foldCountMax)
        // For each penalty the scores of all rows, each by a fit that has not seen its speaker.
        var trials = [[[Double]]](repeating: [[Double]](repeating: [], count: rows.count), count: Self.penalties.count)
        for fold in 0..<folds.count {
            let inside = folds.outside(fold).map { rows[$0] }
            let (standardisation, path) = Self.path(table, vectors, inside, Self.penalties)
            for index in folds.inside(fold) {
                let row = standardisation.apply(vectors[rows[index]])
                for (trial, regression) in path.enumerated() { trials[trial][index] = regression.scores(row) }
            }
        }
        let classes = rows.map { table.classes[$0] }
        let best = Self.best(trials, classes, table.labels.count)
        temperature = Temperature(fitting: trials[best], classes: classes)
        penalty = Self.penalties[best]
        // The way down to the penalty is walked again, so that it ends at the same place.
        let path = Self.path(table, vectors, rows, Array(Self.penalties[...best]))
        standardisation = path.0
        regression = path.1[best]
    }

    func scores(_ vector: [Float?]) -> [Double] { regression.scores(standardisation.apply(vector)) }

    private static func path(
        _ table: TrainingTable, _ vectors: [[Float?]], _ rows: [Int], _ penalties: [Double]
    ) -> (Standardisation, [LogisticRegression]) {
        let standardisation = Standardisation(rows.map { vectors[$0] }, featureCount: table.featureCount)
        let path = LogisticRegression.path(
            rows.map { standardisation.apply(vectors[$0]) }, featureCount: table.featureCount,
            classes: rows.map { table.classes[$0] }, classCount: table.labels.count, penalties: penalties)
        return (standardisation, path)
    }

    /// The trial with the least log loss, every class weighing the same, at its own best temperature.
    private static func best(_ trials: [[[Double]]], _ classes: [Int], _ classCount: Int) -> Int {
        let losses = trials.map { Temperature(fitting: $0, classes: classes).logLoss($0, classes) }
        return losses.indices.reduce(0) { losses[$1] < losses[$0] ? $1 : $0 }
    }
}

extension TrainingTable {
    /// Every vector against the mean and deviation of its speaker's vectors.
    var vectorsAgainstSpeakers: [[Float?]] {
        var standardised = vectors
        for speaker in 0..<speakerCount {
            let rows = speakers.indices.filter { speakers[$0] == speaker }
            let own = Standardisation(rows.map { vectors[$0] }, featureCount: featureCount)
            for row in rows {
                let values = own.apply(vectors[row])
                standardised[row] = values.indices.map { vectors[row][$0] == nil ? nil : Float(values[$0]) }
            }
        }
        return standardised
    }
}
