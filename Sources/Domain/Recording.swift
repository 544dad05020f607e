/// One uploaded audio file and what its speaker declared about it.
public struct Recording: Identified, Hashable, Sendable {
    public static let idPrefix = "rec"

    public enum Status: String, CaseIterable, Sendable {
        case queued, analysing, accepted, rejected, withdrawn
    }

    public var id: ID<Recording>
    public var contributor: ID<Contributor>
    public var quote: ID<Quote>
    public var scenario: ID<Scenario>?
    /// SHA-256 of the uploaded bytes, in hexadecimal: the name of the blob.
    public var sha256: String
    public var byteCount: Int64
    /// As declared until the analysis has seen what it is.
    public var mediaType: String
    public var filename: String?
    public var status: Status
    public var createdAt: Timestamp
    /// What its quote priced.
    public var cell: Cell
    public var elicitation: Elicitation
    /// Nil until it is decided.
    public var decision: Decision?
    /// What reviewers hear; nil until there are enough of them.
    public var perception: Perception?
    public var withdrawnAt: Timestamp?

    /// The outcome of the analysis.
    public struct Decision: Hashable, Sendable {
        public var at: Timestamp
        public var grade: Grade
        /// Reason codes of a rejection, such as "snr_db" or "malformed-audio"; empty otherwise.
        public var reasons: [String]
        /// Finished samples; nil where nothing could be decoded.
        public var sampleCount: Int64?
        public var sampleRateHz: Int64?
        public var durationMilliseconds: Int64?
        /// Share in royalties: finished milliseconds × grade factor × tier factor, both in thousandths.
        public var weight: Int64?
        public var snrDecibels: Double?
        /// The active model's best label; nil without a model.
        public var perceivedEmotion: String?
        /// The ledger transaction that paid it; nil where nothing was due.
        public var entry: String?

        public init(
            at: Timestamp, grade: Grade, reasons: [String] = [], sampleCount: Int64? = nil, sampleRateHz: Int64? = nil,
            durationMilliseconds: Int64? = nil, weight: Int64? = nil, snrDecibels: Double? = nil,
            perceivedEmotion: String? = nil, entry: String? = nil
        ) {
            self.at = at
            self.grade = grade
            self.reasons = reasons
            self.sampleCount = sampleCount
            self.sampleRateHz = sampleRateHz
            self.durationMilliseconds = durationMilliseconds
            self.weight = weight
            self.snrDecibels = snrDecibels
            self.perceivedEmotion = perceivedEmotion
            self.entry = entry
        }
    }

    public init(
        id: ID<Recording>, contributor: ID<Contributor>, quote: ID<Quote>, scenario: ID<Scenario>?, sha256: String,
        byteCount: Int64, mediaType: String, filename: String?, status: Status, createdAt: Timestamp, cell: Cell,
        elicitation: Elicitation, decision: Decision? = nil, perception: Perception? = nil, withdrawnAt: Timestamp? = nil
    ) {
        self.id = id
        self.contributor = contributor
        self.quote = quote
        self.scenario = scenario
        self.sha256 = sha256
        self.byteCount = byteCount
        self.mediaType = mediaType
        self.filename = filename
        self.status = status
        self.createdAt = createdAt
        self.cell = cell
        self.elicitation = elicitation
        self.decision = decision
        self.perception = perception
        self.withdrawnAt = withdrawnAt
    }

    /// The royalty weight of accepted speech.
    public static func weight(durationMilliseconds: Int64, gradeFactor: Factor, tierFactor: Factor) -> Int64 {
        durationMilliseconds * gradeFactor.thousandths * tierFactor.thousandths
    }
}

extension Recording {
    /// What reviewers hear, or the active model's best label while there are too few of them.
    public var perceivedEmotion: String? { perception?.emotion.rawValue ?? decision?.perceivedEmotion }
}
