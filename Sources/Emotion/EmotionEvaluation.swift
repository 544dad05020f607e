/// How a kind of model does on speakers that it has not seen. Every example was scored once, by a model for which its
/// speaker was held out of the fit, of the choice of penalty and of the temperature.
public struct EmotionEvaluation: Sendable, Equatable {
    /// In the order of all that follows.
    public let labels: [String]
    /// Mean over labels, of those that have examples, of the share that was recognised.
    public let unweightedAverageRecall: Double
    /// One a label: the share that was recognised; 0 where there are no examples.
    public let recalls: [Double]
    /// Rows are the true labels, columns what was heard.
    public let confusion: [[Int]]
    /// Expected calibration error, the mean gap between confidence and accuracy, without the temperature.
    public let calibrationErrorBefore: Double
    /// The same with the temperature.
    public let calibrationErrorAfter: Double
    /// What the examples were measured against.
    public let standardisation: StandardisationKind
    /// Groups of speakers that were held out in turn: as many as speakers where every one was held out alone.
    public let foldCount: Int
    /// Speakers whose examples were scored.
    public let speakerCount: Int
    /// What "unknown" costs and gains; nil in files of programs that did not write it. All other figures count every example by
    /// its likeliest label.
    public let answers: AnswerCounts?

    /// - Parameters:
    ///   - classes: the true class of each row.
    ///   - scores: for each row a score for each class.
    ///   - probabilities: the same, calibrated.
    ///   - refusals: for each row why it is no speech that the model knows, if so.
    package init(
        labels: [String], classes: [Int], scores: [[Double]], probabilities: [[Double]], refusals: [Doubt?],
        standardisation: StandardisationKind, foldCount: Int, speakerCount: Int
    ) {
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: labels.count), count: labels.count)
        for (one, row) in zip(classes, scores) { confusion[one][row.indexOfLargest] += 1 }
        self.init(
            labels: labels, confusion: confusion,
            calibrationErrorBefore: ReliabilityBin.expectedError(
                ReliabilityBin.bins(classes, scores.map(Temperature.one.probabilities))),
            calibrationErrorAfter: ReliabilityBin.expectedError(ReliabilityBin.bins(classes, probabilities)),
            standardisation: standardisation, foldCount: foldCount, speakerCount: speakerCount,
            answers: AnswerCounts(classes, probabilities, refusals, labelCount: labels.count))
    }

    init(
        labels: [String], confusion: [[Int]], calibrationErrorBefore: Double, calibrationErrorAfter: Double,
        standardisation: StandardisationKind, foldCount: Int, speakerCount: Int, answers: AnswerCounts?
    ) {
        self.labels = labels
        self.confusion = confusion
        let totals = confusion.map { $0.reduce(0, +) }
        recalls = confusion.indices.map { totals[$0] == 0 ? 0 : Double(confusion[$0][$0]) / Double(totals[$0]) }
        unweightedAverageRecall = recalls.reduce(0, +) / Double(max(1, totals.count { $0 > 0 }))
        self.calibrationErrorBefore = calibrationErrorBefore
        self.calibrationErrorAfter = calibrationErrorAfter
        self.standardisation = standardisation
        self.foldCount = foldCount
        self.speakerCount = speakerCount
        self.answers = answers
    }

    /// Examples that were scored.
    public var exampleCount: Int { confusion.reduce(0) { $0 + $1.reduce(0, +) } }

    /// Share of the examples that were recognised, whatever their labels: frequent labels weigh more.
    public var accuracy: Double {
        Double(confusion.indices.reduce(0) { $0 + confusion[$1][$1] }) / Double(max(1, exampleCount))
    }

    /// Whether every speaker was held out alone.
    public var isLeaveOneSpeakerOut: Bool { foldCount == speakerCount }
}
