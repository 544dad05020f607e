import Domain

/// What is kept back from a payout for a tax authority.
public struct TaxWithheld: Hashable, Sendable {
    /// ISO 3166: "US" or "US-CA".
    public let jurisdiction: String
    public let amount: Money

    public init(jurisdiction: String, amount: Money) {
        self.jurisdiction = jurisdiction
        self.amount = amount
    }
}
