/// A licence's fee given back, whole or in part. Contributors keep what they were credited.
public struct LicenceRefund: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// By the house: the buyer's funds get it.
        case refund
        /// By the buyer's bank: it left the house's bank.
        case chargeback
    }

    public var licence: ID<Licence>
    public var kind: Kind
    public var amount: Money
    public var reason: String
    public var admin: String
    public var entry: String
    public var createdAt: Timestamp

    public init(
        licence: ID<Licence>, kind: Kind, amount: Money, reason: String, admin: String, entry: String, createdAt: Timestamp
    ) {
        self.licence = licence
        self.kind = kind
        self.amount = amount
        self.reason = reason
        self.admin = admin
        self.entry = entry
        self.createdAt = createdAt
    }
}
