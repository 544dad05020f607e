/// How what was owed for a licence came to its end.
public struct ReceivableSettlement: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case payment
        case writeOff = "write-off"
    }

    public var licence: ID<Licence>
    public var kind: Kind
    public var amount: Money
    /// The bank's reference of a payment, the reason of a write-off.
    public var note: String
    public var admin: String
    public var entry: String
    public var createdAt: Timestamp

    public init(
        licence: ID<Licence>, kind: Kind, amount: Money, note: String, admin: String, entry: String, createdAt: Timestamp
    ) {
        self.licence = licence
        self.kind = kind
        self.amount = amount
        self.note = note
        self.admin = admin
        self.entry = entry
        self.createdAt = createdAt
    }
}
