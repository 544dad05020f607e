/// How much a buyer may owe, by an admin's leave.
public struct BuyerCredit: Hashable, Sendable {
    public var buyer: ID<Buyer>
    public var limit: Money
    public var admin: String
    public var createdAt: Timestamp

    public init(buyer: ID<Buyer>, limit: Money, admin: String, createdAt: Timestamp) {
        self.buyer = buyer
        self.limit = limit
        self.admin = admin
        self.createdAt = createdAt
    }
}
