/// A recording whose answer an admin knows; it measures reviewers.
public struct GoldItem: Identified, Hashable, Sendable {
    public static let idPrefix = "gld"

    public var id: ID<GoldItem>
    public var recording: ID<Recording>
    public var language: Language
    /// The right answer; nil where the right answer is that it can't be used.
    public var emotion: Emotion?
    public var admin: String
    public var createdAt: Timestamp
    public var retiredAt: Timestamp?

    public init(
        id: ID<GoldItem>, recording: ID<Recording>, language: Language, emotion: Emotion?, admin: String,
        createdAt: Timestamp, retiredAt: Timestamp? = nil
    ) {
        self.id = id
        self.recording = recording
        self.language = language
        self.emotion = emotion
        self.admin = admin
        self.createdAt = createdAt
        self.retiredAt = retiredAt
    }
}
