/// One labelled recording.
public struct TrainingExample: Sendable, Equatable {
    /// The features, in the order of the feature set; nil where not measurable. Values that are not finite count as nil.
    public var vector: [Float?]
    /// What the speaker acted or felt: "anger", "boredom", …
    public var label: String
    /// The speaker's name inside the corpus.
    public var speaker: String
    /// The corpus that it comes from. Speakers of the same name in two corpora are two speakers.
    public var source: String
    /// The speaker's sex as the corpus states it; nil where it doesn't. Scores are told apart by it, nothing is fitted on it.
    public var sex: String?
    /// SHA-256 of the file, in hexadecimal; empty where there is none. No two examples of a fit or a test may have the same.
    public var sha256: String
    /// Where the file was named, as messages say it: "corpus/labels.tsv, line 3 (a.wav)"; empty where nobody said.
    public var place: String

    /// Arousal, valence or dominance from 0 to 1, by name, where the corpus states them.
    public var dimensions: [String: Double]

    /// An example of what its corpus says of it.
    public init(
        vector: [Float?], label: String, speaker: String, source: String, sha256: String, place: String = "",
        sex: String? = nil, dimensions: [String: Double] = [:]
    ) {
        self.vector = vector
        self.label = label
        self.speaker = speaker
        self.source = source
        self.sha256 = sha256
        self.place = place
        self.sex = sex
        self.dimensions = dimensions
    }
}
