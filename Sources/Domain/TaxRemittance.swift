/// Tax withheld that was paid to its authority.
public struct TaxRemittance: Identified, Hashable, Sendable {
    public static let idPrefix = "rem"

    public var id: ID<TaxRemittance>
    /// "US" or "US-CA".
    public var jurisdiction: String
    public var amount: Money
    /// The authority's or the bank's reference.
    public var reference: String
    public var admin: String
    public var entry: String
    public var createdAt: Timestamp

    public init(
        id: ID<TaxRemittance>, jurisdiction: String, amount: Money, reference: String, admin: String, entry: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.jurisdiction = jurisdiction
        self.amount = amount
        self.reference = reference
        self.admin = admin
        self.entry = entry
        self.createdAt = createdAt
    }
}
