extension HeldOutReport {
    /// Seed of the order in which a speaker's clips are taken to come.
    private static let orderSeed: UInt64 = 0x0BDE2

    /// What held-out rows were heard as.
    init(
        _ outcomes: ArraySlice<HeldOutTrial.Outcome>, _ examples: [TrainingExample], _ table: TrainingTable,
        _ kind: StandardisationKind, _ foldCount: Int, sounds: [Sound]
    ) {
        let entries =
            switch kind {
            case .global:
                outcomes.flatMap { Self.entries($0, $0.global!.scorer, table.vectors, examples, table) }
            case .speaker: Self.speakerEntries(outcomes, examples, table)
            case .earlier: outcomes.flatMap { Self.earlierEntries($0, examples, table) }
            }
        self.init(
            labels: table.labels, standardisation: kind, foldCount: foldCount, entries: entries,
            soundScores: SoundScore.scores(of: sounds, outcomes.map(\.speechTest)),
            kindTallies: KindTally.tallies(outcomes.flatMap { $0.fits(kind) }))
    }

    private static func speakerEntries(
        _ outcomes: ArraySlice<HeldOutTrial.Outcome>, _ examples: [TrainingExample], _ table: TrainingTable
    ) -> [Entry] {
        let vectors = table.vectorsAgainstSpeakers
        return outcomes.flatMap { entries($0, $0.speaker!.scorer, vectors, examples, table) }
    }

    private static func entries(
        _ outcome: HeldOutTrial.Outcome, _ scorer: Scorer, _ vectors: [[Float?]], _ examples: [TrainingExample],
        _ table: TrainingTable
    ) -> [Entry] {
        outcome.trial.heldOutRows.map { row in
            Entry(
                examples[row], table.classes[row], scorer, vectors[row],
                refusal: outcome.speechTest.doubt(about: table.vectors[row]))
        }
    }

    /// Each speaker's clips one after the other, as a server scores them.
    private static func earlierEntries(
        _ outcome: HeldOutTrial.Outcome, _ examples: [TrainingExample], _ table: TrainingTable
    ) -> [Entry] {
        var chance = SeededChance(seed: orderSeed)
        let bySpeaker = Dictionary(grouping: outcome.trial.heldOutRows) { table.speakers[$0] }.sorted { $0.key < $1.key }
        return bySpeaker.flatMap { _, rows in
            let order = rows.shuffled(using: &chance)
            return order.indices.map { place in
                let (row, earlier) = (order[place], order[..<place].suffix(EmotionModel.earlierCountMax))
                let vector = table.vectors[row]
                let refusal = outcome.speechTest.doubt(about: vector)
                guard earlier.count >= EmotionModel.earlierCountMin else {
                    return Entry(
                        examples[row], table.classes[row], outcome.global!.scorer, vector, refusal: refusal,
                        earlierCount: place)
                }
                let own = SpeakerStatistics.shrunk(
                    earlier.map { table.vectors[$0] } + [vector], towards: outcome.prior)
                return Entry(
                    examples[row], table.classes[row], outcome.speaker!.scorer, own.standardised(vector), refusal: refusal,
                    earlierCount: place)
            }
        }
    }

    /// Recalls by the number of clips that came before.
    var earlierScores: [EmotionModel.GroupScore] {
        EmotionModel.GroupScore.earlierCounts.compactMap { range in
            groupScore("earlier clips", "\(range.lowerBound) to \(range.upperBound)") { range.contains($0.earlierCount ?? -1) }
        }
    }
}

extension HeldOutReport.Entry {
    fileprivate init(
        _ example: TrainingExample, _ trueClass: Int, _ scorer: Scorer, _ vector: [Float?], refusal: Doubt?,
        earlierCount: Int? = nil
    ) {
        let scores = scorer.scores(vector)
        self.init(
            example: example, trueClass: trueClass, scores: scores, probabilities: scorer.temperature.probabilities(scores),
            refusal: refusal, earlierCount: earlierCount)
    }
}
