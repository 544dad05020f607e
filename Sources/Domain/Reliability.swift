/// How often a reviewer's top emotion is right in a language, as far as their reviews tell.
public struct Reliability: Hashable, Sendable {
    public var reviewer: ID<Contributor>
    /// From 0 to 1.
    public var value: Factor
    public var reviewCount: Int64
    /// Gold items among them, and how many of those were answered rightly.
    public var goldCount: Int64
    public var goldCorrect: Int64

    public init(reviewer: ID<Contributor>, value: Factor, reviewCount: Int64, goldCount: Int64, goldCorrect: Int64) {
        self.reviewer = reviewer
        self.value = value
        self.reviewCount = reviewCount
        self.goldCount = goldCount
        self.goldCorrect = goldCorrect
    }
}
