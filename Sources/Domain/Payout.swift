/// What leaves for a contributor's bank.
public struct Payout: Identified, Hashable, Sendable {
    public static let idPrefix = "pay"

    public enum Status: String, CaseIterable, Sendable {
        case requested, sent, settled, failed, returned, voided
    }

    public var id: ID<Payout>
    public var contributor: ID<Contributor>
    /// Whole minor units.
    public var amount: Money
    public var method: String
    public var status: Status
    public var batch: ID<PayoutBatch>?
    /// Why it failed or came back.
    public var reason: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: ID<Payout>, contributor: ID<Contributor>, amount: Money, method: String, status: Status,
        batch: ID<PayoutBatch>? = nil, reason: String? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.contributor = contributor
        self.amount = amount
        self.method = method
        self.status = status
        self.batch = batch
        self.reason = reason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Payouts sent together in one file.
public struct PayoutBatch: Identified, Hashable, Sendable {
    public static let idPrefix = "bat"

    public var id: ID<PayoutBatch>
    public var currency: Currency
    public var admin: String
    /// The file: the same bytes on every download.
    public var csv: [UInt8]
    /// In hexadecimal.
    public var sha256: String
    public var createdAt: Timestamp

    public init(
        id: ID<PayoutBatch>, currency: Currency, admin: String, csv: [UInt8], sha256: String, createdAt: Timestamp
    ) {
        self.id = id
        self.currency = currency
        self.admin = admin
        self.csv = csv
        self.sha256 = sha256
        self.createdAt = createdAt
    }
}
