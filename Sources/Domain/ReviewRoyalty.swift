/// One reviewer's share of one licence.
public struct ReviewRoyalty: Hashable, Sendable {
    public var licence: ID<Licence>
    public var reviewer: ID<Contributor>
    /// Reviews of recordings in the licence's snapshot.
    public var reviewCount: Int64
    public var amount: Money

    public init(licence: ID<Licence>, reviewer: ID<Contributor>, reviewCount: Int64, amount: Money) {
        self.licence = licence
        self.reviewer = reviewer
        self.reviewCount = reviewCount
        self.amount = amount
    }
}
