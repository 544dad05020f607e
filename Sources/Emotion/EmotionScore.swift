/// What a model hears in one recording.
public struct EmotionScore: Sendable, Equatable {
    /// A label and how likely it is.
    public struct Part: Sendable, Equatable {
        /// One of the model's labels.
        public let label: String
        /// From 0 to 1, calibrated.
        public let probability: Double
    }

    /// An estimate of arousal, dominance or valence.
    public struct Dimension: Sendable, Equatable {
        /// "arousal", "dominance" or "valence".
        public let name: String
        /// From 0 to 1.
        public let value: Double
        /// Root of the mean square error on speakers that the model has not heard.
        public let deviation: Double
    }

    /// Calibrated probabilities that add up to 1, in the model's order of labels; all the same where the recording is no speech
    /// that the model knows.
    public let distribution: [Part]
    /// The likeliest label, or "unknown" where its probability is below `EmotionModel.unknownBelow` or the recording is no
    /// speech of the kind that the model was fitted on.
    public let label: String
    /// Why the label is "unknown"; nil where it is not.
    public let doubt: Doubt?
    /// The probability of the likeliest label.
    public let confidence: Double
    /// How many of the speaker's earlier recordings it was measured against; 0 where against all speakers.
    public let earlierCount: Int
    /// What the model knows of arousal, dominance and valence; empty where the recording is no speech that it knows.
    public let dimensions: [Dimension]
}
