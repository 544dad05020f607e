import Dispatch
import Synchronization

/// Some rows to fit on, and others to hear with what was fitted.
struct HeldOutTrial: Sendable {
    let trainingRows: [Int]
    let heldOutRows: [Int]

    /// What was fitted; nil where it was not asked for.
    struct Outcome: Sendable {
        let trial: HeldOutTrial
        var global: SpeakerIndependentFit?
        var speaker: SpeakerIndependentFit?
        /// What the training rows say of a speaker of whom nothing is known.
        let prior: Standardisation
        /// Tells by the training rows alone what is speech.
        let speechTest: SpeechTest

        /// Those that a report of this standardisation rests on.
        func fits(_ kind: StandardisationKind) -> [SpeakerIndependentFit] {
            switch kind {
            case .global: [global!]
            case .speaker: [speaker!]
            case .earlier: [global!, speaker!]
            }
        }
    }

    static func trials(_ folds: SpeakerFolds) -> [HeldOutTrial] {
        (0..<folds.count).map { HeldOutTrial(trainingRows: folds.outside($0), heldOutRows: folds.inside($0)) }
    }

    /// Before anything is fitted.
    private func outcome(_ table: TrainingTable, _ featureSet: String) -> Outcome {
        let standardisation = Standardisation(trainingRows.map { table.vectors[$0] }, featureCount: table.featureCount).rounded
        return Outcome(
            trial: self, prior: SpeakerStatistics.prior(table, rows: trainingRows),
            speechTest: SpeechTest(
                featureSet: featureSet, standardisation, distanceMax: SpeechTest.distanceMax(table, rows: trainingRows)))
    }

    /// Trials run side by side; their outcomes come in their order, whichever ends first.
    ///
    /// - Parameter standardisations: global, speaker or both.
    static func perform(
        _ trials: [HeldOutTrial], _ table: TrainingTable, _ kinds: [ClassifierKind], _ standardisations: [StandardisationKind],
        featureSet: String
    ) -> [Outcome] {
        let outcomes = Mutex(trials.map { $0.outcome(table, featureSet) })
        let againstSpeakers = table.vectorsAgainstSpeakers
        DispatchQueue.concurrentPerform(iterations: trials.count * standardisations.count) { index in
            let (number, kind) = (index / standardisations.count, standardisations[index % standardisations.count])
            let fit = SpeakerIndependentFit(
                table, kinds: kinds, vectors: kind == .global ? table.vectors : againstSpeakers,
                rows: trials[number].trainingRows, EmotionTrainer.innerFoldCountMax)
            outcomes.withLock { outcomes in
                if kind == .global { outcomes[number].global = fit } else { outcomes[number].speaker = fit }
            }
        }
        return outcomes.withLock { $0 }
    }
}

extension TrainingTable {
    /// Every vector against the mean and deviation of its speaker's vectors.
    var vectorsAgainstSpeakers: [[Float?]] {
        var standardised = vectors
        for speaker in 0..<speakerCount {
            let rows = speakers.indices.filter { speakers[$0] == speaker }
            let own = Standardisation(rows.map { vectors[$0] }, featureCount: featureCount)
            for row in rows { standardised[row] = own.standardised(vectors[row]) }
        }
        return standardised
    }
}
