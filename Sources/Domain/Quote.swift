/// One contributor's itemised price under one rate card, signed, with an expiry.
public struct Quote: Identified, Hashable, Sendable {
    public static let idPrefix = "quo"

    public var id: ID<Quote>
    public var contributor: ID<Contributor>
    public var rateCard: Int64
    public var request: PriceRequest
    public var hourlyBeforeTier: Money
    public var hourly: Money
    /// Finished seconds that the quote covers.
    public var secondsMax: Int64
    /// Finished milliseconds already paid under it.
    public var usedMilliseconds: Int64
    /// Milliseconds that recordings under it which are not decided yet are taken for.
    public var pendingMilliseconds: Int64
    /// The dated premium that it froze; nil where no hours were wanted.
    public var premium: ID<ScarcityPremium>?
    /// What it may count on of a bounty.
    public var bounty: BountyOffer?
    public var issuedAt: Timestamp
    public var expiresAt: Timestamp
    /// The canonical JSON that was signed.
    public var payload: String
    /// Its signature in JWS compact form (RFC 7515).
    public var jws: String

    public init(
        id: ID<Quote>, contributor: ID<Contributor>, rateCard: Int64, request: PriceRequest, hourlyBeforeTier: Money,
        hourly: Money, secondsMax: Int64, usedMilliseconds: Int64 = 0, pendingMilliseconds: Int64 = 0,
        premium: ID<ScarcityPremium>? = nil, bounty: BountyOffer? = nil, issuedAt: Timestamp, expiresAt: Timestamp,
        payload: String, jws: String
    ) {
        self.id = id
        self.contributor = contributor
        self.rateCard = rateCard
        self.request = request
        self.hourlyBeforeTier = hourlyBeforeTier
        self.hourly = hourly
        self.secondsMax = secondsMax
        self.usedMilliseconds = usedMilliseconds
        self.pendingMilliseconds = pendingMilliseconds
        self.premium = premium
        self.bounty = bounty
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.payload = payload
        self.jws = jws
    }

    public var isExhausted: Bool { usedMilliseconds >= secondsMax * 1000 }

    /// Whether recordings that are not decided yet may use up what is left.
    public var isSpokenFor: Bool { usedMilliseconds + pendingMilliseconds >= secondsMax * 1000 }

    /// Bytes that a second of speech is taken for while nobody knows how long a recording is.
    public static let pendingBytesPerSecond: Int64 = 8000

    /// The time that an upload is taken for until it is decided.
    public static func pendingMilliseconds(byteCount: Int64, recordingSecondsMax: Int64) -> Int64 {
        min(max(1, byteCount / pendingBytesPerSecond), recordingSecondsMax) * 1000
    }

    /// Milliseconds for which the quote's bounty still adds something.
    public var bountyMillisecondsLeft: Int64 { max(0, (bounty?.seconds ?? 0) * 1000 - usedMilliseconds) }
}
