/// A contributor asks for another look at a rejected recording; once.
public struct Appeal: Identified, Hashable, Sendable {
    public static let idPrefix = "apl"

    public enum Status: String, CaseIterable, Sendable {
        case open, granted, refused, withdrawn
    }

    public var id: ID<Appeal>
    public var recording: ID<Recording>
    public var contributor: ID<Contributor>
    public var language: Language
    /// The contributor's own words.
    public var text: String?
    /// Reason codes of the first verdict, and what the recording was graded by.
    public var rejectedFor: [String]
    public var rules: AppealRules
    public var status: Status
    public var createdAt: Timestamp
    /// Nil while it is open.
    public var decision: Decision?

    /// The outcome.
    public struct Decision: Hashable, Sendable {
        public var at: Timestamp
        /// The admin who decided; nil for the reviewers.
        public var admin: String?
        /// What it was paid at; nil where it was refused.
        public var grade: Grade?
        /// Why it was refused, or what the admin says.
        public var reasons: [String]

        public init(at: Timestamp, admin: String?, grade: Grade?, reasons: [String]) {
            self.at = at
            self.admin = admin
            self.grade = grade
            self.reasons = reasons
        }
    }

    public init(
        id: ID<Appeal>, recording: ID<Recording>, contributor: ID<Contributor>, language: Language, text: String?,
        rejectedFor: [String], rules: AppealRules, status: Status = .open, createdAt: Timestamp, decision: Decision? = nil
    ) {
        self.id = id
        self.recording = recording
        self.contributor = contributor
        self.language = language
        self.text = text
        self.rejectedFor = rejectedFor
        self.rules = rules
        self.status = status
        self.createdAt = createdAt
        self.decision = decision
    }
}
