import Dispatch
import Synchronization

/// A scorer whose kind, penalty and temperature were chosen on speakers that were held out in turn.
struct SpeakerIndependentFit: Sendable {
    let scorer: Scorer
    /// For each kind that was to be chosen from the least log loss on speakers that were held out inside.
    let logLosses: [ClassifierKind: Double]

    /// - Parameters:
    ///   - kinds: what is chosen from; at least one.
    ///   - vectors: features of all rows of the table.
    ///   - rows: the rows to fit on, of two speakers or more.
    init(_ table: TrainingTable, kinds: [ClassifierKind], vectors: [[Float?]], rows: [Int], _ foldCountMax: Int) {
        let fitted = ClassifierKind.allCases.filter { kind in kinds.contains { $0.members.contains(kind) } }
        let classes = rows.map { table.classes[$0] }
        let best = Self.trials(table, fitted, vectors, rows, classes, foldCountMax)
        let choices = kinds.map { kind in
            best[kind] ?? InnerTrial(committee: kind.members.map { best[$0]! }, classes: classes)
        }
        let choice = InnerTrial.best(choices)
        let side = TrainingSide(table, vectors, rows)
        scorer = Scorer(
            kind: choice.kind, penalty: choice.penalty, standardisation: side.standardisation,
            classifier: side.classifier(choice), temperature: choice.temperature)
        logLosses = Dictionary(uniqueKeysWithValues: choices.map { ($0.kind, $0.logLoss) })
    }

    /// The best trial of each kind.
    private static func trials(
        _ table: TrainingTable, _ kinds: [ClassifierKind], _ vectors: [[Float?]], _ rows: [Int], _ classes: [Int],
        _ foldCountMax: Int
    ) -> [ClassifierKind: InnerTrial] {
        let folds = SpeakerFolds(rows.map { table.speakers[$0] }, countMax: foldCountMax)
        let candidates = kinds.flatMap { kind in kind.penalties.map { (kind: kind, penalty: $0) } }
        // For each candidate the scores of all rows.
        let scores = Mutex([[[Double]]](repeating: [[Double]](repeating: [], count: rows.count), count: candidates.count))
        DispatchQueue.concurrentPerform(iterations: folds.count) { fold in
            let side = TrainingSide(table, vectors, folds.outside(fold).map { rows[$0] })
            let classifiers = kinds.flatMap { side.path($0, $0.penalties) }
            for index in folds.inside(fold) {
                let row = side.standardisation.apply(vectors[rows[index]])
                let heard = classifiers.map { $0.scores(row) }
                scores.withLock { for trial in heard.indices { $0[trial][index] = heard[trial] } }
            }
        }
        let trials = zip(candidates, scores.withLock { $0 }).map {
            InnerTrial($0.kind, penalty: $0.penalty, scores: $1, classes: classes)
        }
        return Dictionary(grouping: trials, by: \.kind).mapValues(InnerTrial.best)
    }
}
