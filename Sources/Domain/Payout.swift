/// What leaves for a contributor's bank.
public struct Payout: Identified, Hashable, Sendable {
    public static let idPrefix = "pay"

    public enum Status: String, CaseIterable, Sendable {
        case requested, sent, settled, failed, returned, voided
    }

    public var id: ID<Payout>
    public var contributor: ID<Contributor>
    /// Whole minor units, tax included.
    public var amount: Money
    public var method: PayoutDetails.Method
    /// Where it goes: a copy made at the request, so that a later change of details never redirects it. Nil where the
    /// contributor had told nothing, or was erased since.
    public var details: PayoutDetails?
    public var status: Status
    /// Before this moment it enters no batch: the details were new when it was asked for.
    public var notBefore: Timestamp?
    public var batch: ID<PayoutBatch>?
    /// Expected until it enters a batch, final from then on.
    public var tax: Withholding.Tax
    /// Whether the bank has said that it will carry it out.
    public var isAccepted: Bool
    /// Why it failed or came back: a `ReasonCode`, or words.
    public var reason: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: ID<Payout>, contributor: ID<Contributor>, amount: Money, method: PayoutDetails.Method,
        details: PayoutDetails?, status: Status = .requested, notBefore: Timestamp? = nil, batch: ID<PayoutBatch>? = nil,
        tax: Withholding.Tax, isAccepted: Bool = false, reason: String? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.contributor = contributor
        self.amount = amount
        self.method = method
        self.details = details
        self.status = status
        self.notBefore = notBefore
        self.batch = batch
        self.tax = tax
        self.isAccepted = isAccepted
        self.reason = reason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// What reaches the contributor.
    public var net: Money { Money(micros: amount.micros - tax.amount.micros, currency: amount.currency) }
}
