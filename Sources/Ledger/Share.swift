import Domain

/// What one contributor gets of something.
public struct Share: Hashable, Sendable {
    public let contributor: String
    public let amount: Money

    public init(contributor: String, amount: Money) {
        self.contributor = contributor
        self.amount = amount
    }
}
