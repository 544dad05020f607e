/// How often something may happen: `burst` times at once, and `perSecond` times a second in the long run.
public struct RateLimit: Sendable, Hashable {
    /// Names the limit in answers; letters only.
    public let name: String
    /// Above 0.
    public let perSecond: Double
    /// At least 1.
    public let burst: Int

    public init(_ name: String, perSecond: Double, burst: Int) {
        precondition(perSecond > 0 && burst >= 1, "A limit lets something through")
        self.name = name
        self.perSecond = perSecond
        self.burst = burst
    }

    /// The limit as an item of `RateLimit-Policy`: so many in so many seconds, which an empty bucket takes to fill
    /// (draft-ietf-httpapi-ratelimit-headers-10 section 3).
    var policy: String { "\"\(name)\";q=\(burst);w=\(max(1, Int((Double(burst) / perSecond).rounded(.up))))" }
}
