/// An upload that can be resumed: bytes come in pieces, over days if need be. When the last one is there it is a recording.
public struct Upload: Identified, Hashable, Sendable {
    public static let idPrefix = "upl"

    /// How long its bytes may take; then they are removed.
    public static let validDays: Int64 = 7
    /// Most uploads of one contributor that are not complete.
    public static let openCountMax = 20

    public var id: ID<Upload>
    public var contributor: ID<Contributor>
    /// Bytes when all are there.
    public var byteCount: Int64
    /// Bytes that are on disk for certain.
    public var byteOffset: Int64
    /// What the client said of it, word by word; nil where it said nothing.
    public var metadata: String?
    /// Nil where it was begun without one: who sends the last bytes names it, or there is only one to choose.
    public var quote: ID<Quote>?
    public var scenario: ID<Scenario>?
    public var mediaType: String
    public var filename: String?
    /// What became of it; nil until it is complete.
    public var recording: ID<Recording>?
    /// The quote that it was begun with is honoured if it was in force then.
    public var createdAt: Timestamp
    public var expiresAt: Timestamp

    public init(
        id: ID<Upload>, contributor: ID<Contributor>, byteCount: Int64, byteOffset: Int64 = 0, metadata: String?,
        quote: ID<Quote>?, scenario: ID<Scenario>?, mediaType: String, filename: String?, recording: ID<Recording>? = nil,
        createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.contributor = contributor
        self.byteCount = byteCount
        self.byteOffset = byteOffset
        self.metadata = metadata
        self.quote = quote
        self.scenario = scenario
        self.mediaType = mediaType
        self.filename = filename
        self.recording = recording
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
