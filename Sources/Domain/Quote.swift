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
    public var issuedAt: Timestamp
    public var expiresAt: Timestamp
    /// The canonical JSON that was signed.
    public var payload: String
    /// Its signature in JWS compact form (RFC 7515).
    public var jws: String

    public init(
        id: ID<Quote>, contributor: ID<Contributor>, rateCard: Int64, request: PriceRequest, hourlyBeforeTier: Money,
        hourly: Money, secondsMax: Int64, usedMilliseconds: Int64 = 0, issuedAt: Timestamp, expiresAt: Timestamp,
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
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.payload = payload
        self.jws = jws
    }

    public var isExhausted: Bool { usedMilliseconds >= secondsMax * 1000 }
}
