/// One person's perception of one recording.
public struct Review: Identified, Hashable, Sendable {
    public static let idPrefix = "rvw"

    public var id: ID<Review>
    public var assignment: ID<ReviewAssignment>
    public var recording: ID<Recording>
    public var reviewer: ID<Contributor>
    public var language: Language
    /// Why the recording was handed out; reviewers are never told.
    public var kind: ReviewAssignment.Kind
    public var judgement: Judgement
    public var pay: Money
    /// The ledger transaction that paid it.
    public var entry: String
    public var createdAt: Timestamp

    public init(
        id: ID<Review>, assignment: ID<ReviewAssignment>, recording: ID<Recording>, reviewer: ID<Contributor>,
        language: Language, kind: ReviewAssignment.Kind, judgement: Judgement, pay: Money, entry: String, createdAt: Timestamp
    ) {
        self.id = id
        self.assignment = assignment
        self.recording = recording
        self.reviewer = reviewer
        self.language = language
        self.kind = kind
        self.judgement = judgement
        self.pay = pay
        self.entry = entry
        self.createdAt = createdAt
    }

    /// What makes a recording unusable.
    public enum Reason: String, CaseIterable, Sendable {
        case silence, noise, distorted, notSpeech = "not-speech", wrongLanguage = "wrong-language"
        case severalVoices = "several-voices", cutOff = "cut-off", synthetic, harmful, other
    }
}
