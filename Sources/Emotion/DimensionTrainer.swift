import Dispatch
import Synchronization

/// Fits a dimension on the examples that are labelled with it; what is held out when is as for labels.
struct DimensionTrainer: Sendable {
    private static let penalties = [10, 3, 1, 0.3, 0.1, 0.03]

    private let vectors: [[Float?]]
    private let targets: [Double]
    private let speakers: [Int]
    private let featureCount: Int

    /// nil where too few speakers are labelled with it for any to be held out twice over.
    init?(_ name: String, _ examples: [TrainingExample], _ table: TrainingTable) {
        let rows = examples.indices.filter { examples[$0].dimensions[name] != nil }
        speakers = rows.map { table.speakers[$0] }
        guard Set(speakers).count >= TrainingTable.speakerCountMin else { return nil }
        vectors = rows.map { table.vectors[$0] }
        targets = rows.map { examples[$0].dimensions[name]! }
        featureCount = table.featureCount
    }

    func train(_ name: String) -> DimensionModel {
        let rows = Array(targets.indices)
        let folds = SpeakerFolds(speakers, countMax: EmotionTrainer.outerFoldCountMax)
        let fits = Mutex([Fit?](repeating: nil, count: folds.count + 1))
        DispatchQueue.concurrentPerform(iterations: folds.count + 1) { index in
            let fit = chosen(index == folds.count ? rows : folds.outside(index))
            fits.withLock { $0[index] = fit }
        }
        let all = fits.withLock { $0.map { $0! } }
        let values = rows.map { row in all[folds.parts[row]].value(vectors[row]) }
        let whole = all[folds.count]
        return DimensionModel(
            name: name, standardisation: whole.standardisation, weights: whole.weights,
            evaluation: .init(values, targets: targets, speakerCount: Set(speakers).count))
    }

    private struct Fit {
        let standardisation: Standardisation
        let weights: [Double]

        func value(_ vector: [Float?]) -> Double { DimensionModel.value(standardisation.apply(vector), weights) }
    }

    /// A fit with the penalty that does best on speakers held out in turn.
    private func chosen(_ rows: [Int]) -> Fit {
        let folds = SpeakerFolds(rows.map { speakers[$0] }, countMax: EmotionTrainer.innerFoldCountMax)
        var errors = [Double](repeating: 0, count: Self.penalties.count)
        for fold in 0..<folds.count {
            let fits = fits(folds.outside(fold).map { rows[$0] }, Self.penalties)
            for index in folds.inside(fold) {
                for (trial, fit) in fits.enumerated() {
                    let gap = fit.value(vectors[rows[index]]) - targets[rows[index]]
                    errors[trial] += gap * gap
                }
            }
        }
        let best = errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }
        return fits(rows, [Self.penalties[best]])[0]
    }

    private func fits(_ rows: [Int], _ penalties: [Double]) -> [Fit] {
        let standardisation = Standardisation(rows.map { vectors[$0] }, featureCount: featureCount).rounded
        let ridge = RidgeRegression(
            rows.map { standardisation.apply(vectors[$0]) }, targets: rows.map { targets[$0] })
        return penalties.map { Fit(standardisation: standardisation, weights: ridge.weights(penalty: $0).map(\.toSixPlaces)) }
    }
}
