/// Funds that an admin entered for a buyer.
public struct Deposit: Identified, Hashable, Sendable {
    public static let idPrefix = "dep"

    public var id: ID<Deposit>
    public var buyer: ID<Buyer>
    public var amount: Money
    /// The bank's reference or an invoice number.
    public var reference: String
    public var admin: String
    public var entry: String
    public var createdAt: Timestamp

    public init(
        id: ID<Deposit>, buyer: ID<Buyer>, amount: Money, reference: String, admin: String, entry: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.buyer = buyer
        self.amount = amount
        self.reference = reference
        self.admin = admin
        self.entry = entry
        self.createdAt = createdAt
    }
}
