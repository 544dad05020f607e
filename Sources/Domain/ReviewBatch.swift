/// Reliabilities and agreement computed from all reviews up to a moment; kept for ever.
public struct ReviewBatch: Identified, Hashable, Sendable {
    public static let idPrefix = "rvb"

    public var id: ID<ReviewBatch>
    /// Nil for the nightly one.
    public var admin: String?
    public var createdAt: Timestamp
    public var languages: [Part]

    public init(id: ID<ReviewBatch>, admin: String?, createdAt: Timestamp, languages: [Part]) {
        self.id = id
        self.admin = admin
        self.createdAt = createdAt
        self.languages = languages
    }

    /// What was found in one language.
    public struct Part: Hashable, Sendable {
        public var language: Language
        public var recordingCount: Int64
        public var reviewCount: Int64
        /// Krippendorff's alpha over top emotions (nominal, with missing values); nil where it is not defined.
        public var alpha: Double?
        /// In the order of the reviewers' ids.
        public var reviewers: [Reliability]

        public init(
            language: Language, recordingCount: Int64, reviewCount: Int64, alpha: Double?, reviewers: [Reliability]
        ) {
            self.language = language
            self.recordingCount = recordingCount
            self.reviewCount = reviewCount
            self.alpha = alpha
            self.reviewers = reviewers
        }
    }
}
