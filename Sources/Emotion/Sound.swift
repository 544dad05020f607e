/// The measured features of something that is no speech.
public struct Sound: Sendable, Equatable {
    /// What it is: "white noise".
    public var name: String
    /// In the order of the feature set; nil where not measurable.
    public var vector: [Float?]

    /// A sound that was measured.
    public init(name: String, vector: [Float?]) {
        self.name = name
        self.vector = vector
    }
}
