/// How one kind of classifier did where kinds were chosen: on speakers of the training sides alone.
public struct KindTally: Sendable, Equatable {
    /// Of which kind the rest is said.
    public let kind: ClassifierKind
    /// Training sides for which it was chosen.
    public let chosenCount: Int
    /// Mean over the training sides of the least log loss that it reached on speakers held out inside: what is chosen by.
    public let logLoss: Double

    /// One for each kind that was to be chosen from; none of no fits.
    init(_ kind: ClassifierKind, _ fits: [SpeakerIndependentFit]) {
        self.kind = kind
        chosenCount = fits.count { $0.scorer.kind == kind }
        logLoss = fits.reduce(0) { $0 + ($1.logLosses[kind] ?? 0) } / Double(max(1, fits.count))
    }

    /// One for each kind that was to be chosen from.
    static func tallies(_ fits: [SpeakerIndependentFit]) -> [KindTally] {
        ClassifierKind.allCases.filter { kind in fits.contains { $0.logLosses[kind] != nil } }.map { KindTally($0, fits) }
    }
}
