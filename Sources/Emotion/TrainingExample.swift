/// One labelled recording.
public struct TrainingExample: Sendable {
    /// The features, in the order of the feature set; nil where not measurable.
    public var vector: [Float?]
    public var label: String
    public var speaker: String
    /// The corpus that it comes from.
    public var source: String
    /// SHA-256 of the file, in hexadecimal.
    public var sha256: String

    public init(vector: [Float?], label: String, speaker: String, source: String, sha256: String) {
        self.vector = vector
        self.label = label
        self.speaker = speaker
        self.source = source
        self.sha256 = sha256
    }
}
