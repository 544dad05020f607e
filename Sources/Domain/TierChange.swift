/// A tier that was earned, or set by an admin, and why. Never changed afterwards.
public struct TierChange: Hashable, Sendable {
    public var sequence: Int64
    public var contributor: ID<Contributor>
    public var language: Language
    public var from: Tier
    public var to: Tier
    public var at: Timestamp
    /// The card whose rules applied.
    public var rateCard: Int64
    /// The admin who set it; nil where it was earned.
    public var admin: String?
    /// The admin's reason; empty where it was earned.
    public var reason: String
    /// The record at that moment as JSON.
    public var figures: String

    public init(
        sequence: Int64 = 0, contributor: ID<Contributor>, language: Language, from: Tier, to: Tier, at: Timestamp,
        rateCard: Int64, admin: String? = nil, reason: String = "", figures: String
    ) {
        self.sequence = sequence
        self.contributor = contributor
        self.language = language
        self.from = from
        self.to = to
        self.at = at
        self.rateCard = rateCard
        self.admin = admin
        self.reason = reason
        self.figures = figures
    }
}
