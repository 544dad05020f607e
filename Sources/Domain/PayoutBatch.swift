/// Payouts sent together in one file: prepared by one admin, approved by another.
public struct PayoutBatch: Identified, Hashable, Sendable {
    public static let idPrefix = "bat"

    public enum Status: String, CaseIterable, Sendable {
        case prepared, approved, cancelled
    }

    public var id: ID<PayoutBatch>
    public var method: PayoutDetails.Method
    public var status: Status
    public var payoutCount: Int
    /// Of its payouts, tax included.
    public var total: Money
    public var tax: Money
    /// The account that SEPA payouts leave from, as it was set when the batch was prepared.
    public var debtor: Debtor?
    /// Who prepared it.
    public var admin: String
    public var createdAt: Timestamp
    /// Who approved or cancelled it, and when.
    public var decidedBy: String?
    public var decidedAt: Timestamp?
    /// Of the file, once approved: SHA-256 in hexadecimal, and its media type.
    public var sha256: String?
    public var mediaType: String?

    public init(
        id: ID<PayoutBatch>, method: PayoutDetails.Method, status: Status = .prepared, payoutCount: Int, total: Money,
        tax: Money, debtor: Debtor?, admin: String, createdAt: Timestamp, decidedBy: String? = nil,
        decidedAt: Timestamp? = nil, sha256: String? = nil, mediaType: String? = nil
    ) {
        self.id = id
        self.method = method
        self.status = status
        self.payoutCount = payoutCount
        self.total = total
        self.tax = tax
        self.debtor = debtor
        self.admin = admin
        self.createdAt = createdAt
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.sha256 = sha256
        self.mediaType = mediaType
    }

    /// What leaves the bank.
    public var net: Money { Money(micros: total.micros - tax.micros, currency: total.currency) }
}
