/// Examples that a model can be fitted on: two labels or more, three speakers or more, vectors of one length, no file twice.
struct TrainingTable: Sendable {
    /// In alphabetical order.
    let labels: [String]
    let featureCount: Int
    /// One a row: the features; finite or nil.
    let vectors: [[Float?]]
    /// One a row: the position of its label.
    let classes: [Int]
    /// One a row: the number of its speaker, in alphabetical order of corpus and name.
    let speakers: [Int]
    let speakerCount: Int

    static let speakerCountMin = 3

    init(_ examples: [TrainingExample], featureCount: Int) throws(TrainingError) {
        if let odd = examples.first(where: { $0.vector.count != featureCount }) {
            throw .wrongLength(expected: featureCount, found: odd.vector.count)
        }
        try examples.requireDistinctFiles()
        labels = Set(examples.map(\.label)).sorted()
        if let label = labels.first(where: { $0.isEmpty || $0 == EmotionModel.unknownLabel }) { throw .reservedLabel(label) }
        guard labels.count >= 2 else { throw .tooFewLabels(labels.count) }
        let names = Set(examples.map(\.speakerKey)).sorted { $0.lexicographicallyPrecedes($1) }
        guard names.count >= Self.speakerCountMin else { throw .tooFewSpeakers(names.count) }
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let positions = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        speakers = examples.map { numbers[$0.speakerKey]! }
        speakerCount = names.count
        classes = examples.map { positions[$0.label]! }
        vectors = examples.map { $0.vector.map { value in value.flatMap { $0.isFinite ? $0 : nil } } }
        self.featureCount = featureCount
        guard vectors.contains(where: { $0.contains { $0 != nil } }) else { throw .nothingMeasured }
        for (position, label) in labels.enumerated() {
            let heard = Set(classes.indices.filter { classes[$0] == position }.map { speakers[$0] })
            guard heard.count >= 2 else { throw .labelOfOneSpeaker(label) }
        }
    }
}

extension TrainingExample {
    var speakerKey: [String] { [source, speaker] }
}
