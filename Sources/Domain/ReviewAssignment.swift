/// A recording handed to one reviewer for a while, at a price.
public struct ReviewAssignment: Identified, Hashable, Sendable {
    public static let idPrefix = "asg"

    /// Why it was handed out. Reviewers see no difference, and are paid alike.
    public enum Kind: String, CaseIterable, Sendable {
        /// To learn what people hear.
        case perception
        /// The answer is known; it measures the reviewer.
        case gold
        /// A rejection was appealed; the reviewer is the second look.
        case appeal
    }

    public enum Status: String, CaseIterable, Sendable {
        case open, done, skipped
    }

    public var id: ID<ReviewAssignment>
    public var recording: ID<Recording>
    public var reviewer: ID<Contributor>
    public var language: Language
    public var kind: Kind
    /// The card that priced it.
    public var rateCard: Int64
    public var pay: Money
    public var status: Status
    public var assignedAt: Timestamp
    public var expiresAt: Timestamp

    public init(
        id: ID<ReviewAssignment>, recording: ID<Recording>, reviewer: ID<Contributor>, language: Language, kind: Kind,
        rateCard: Int64, pay: Money, status: Status = .open, assignedAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.recording = recording
        self.reviewer = reviewer
        self.language = language
        self.kind = kind
        self.rateCard = rateCard
        self.pay = pay
        self.status = status
        self.assignedAt = assignedAt
        self.expiresAt = expiresAt
    }
}
