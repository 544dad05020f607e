/// The rows that a fit may see, standardised by themselves.
struct TrainingSide: Sendable {
    let standardisation: Standardisation
    private let matrix: FeatureMatrix
    private let classes: [Int]
    private let classCount: Int

    /// - Parameters:
    ///   - vectors: features of all rows of the table.
    ///   - rows: those that may be seen.
    init(_ table: TrainingTable, _ vectors: [[Float?]], _ rows: [Int]) {
        let standardisation = Standardisation(rows.map { vectors[$0] }, featureCount: table.featureCount).rounded
        self.standardisation = standardisation
        matrix = FeatureMatrix(rows.map { standardisation.apply(vectors[$0]) }, featureCount: table.featureCount)
        classes = rows.map { table.classes[$0] }
        classCount = table.labels.count
    }

    /// A fit for each penalty.
    func path(_ kind: ClassifierKind, _ penalties: [Double]) -> [Classifier] {
        kind.path(matrix, classes: classes, classCount: classCount, penalties: penalties)
    }

    /// A fit of what was chosen, as the model's file keeps it.
    func classifier(_ choice: InnerTrial) -> Classifier {
        guard let penalty = choice.penalty else {
            return .committee(
                Committee(
                    members: choice.members.map {
                        Committee.Member(
                            kind: $0.trial.kind, penalty: $0.trial.penalty!, weight: $0.weight,
                            classifier: classifier($0.trial))
                    }))
        }
        return path(choice.kind, choice.kind.penalties(to: penalty)).last!.rounded
    }
}
