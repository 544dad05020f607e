import Domain

/// One entry of the books. It balances: one that does not can't be held.
public struct Transaction: Hashable, Sendable {
    public let id: String
    public let kind: TransactionKind
    public let occurredAt: Timestamp
    /// One line for people. It names no person.
    public let description: String
    /// At least two, all in one currency, none zero; their amounts add up to zero.
    public let postings: [Posting]
    /// What can happen once only has one key; a second transaction with it is refused, for ever.
    public let idempotencyKey: String
    /// The id of the transaction that this one sets right.
    public let corrects: String?
    /// Facts beside the amounts, such as the licence; no personal data.
    public let metadata: [String: String]

    /// The names that `Entries` gives to facts in the metadata, in order.
    public static let subjects = [
        "bounty", "contributor", "deposit", "dormant", "floor-period", "licence", "payout", "recording", "remittance", "review",
        "tax",
    ]

    public var currency: Currency { postings[0].account.currency }

    public init(
        id: String, kind: TransactionKind, occurredAt: Timestamp, description: String, postings: [Posting],
        idempotencyKey: String, corrects: String? = nil, metadata: [String: String] = [:]
    ) throws(LedgerError) {
        try Self.checkBalance(of: postings)
        try Self.demand(LedgerText.isID(id), "id")
        try Self.demand(LedgerText.isKey(idempotencyKey), "idempotency key")
        try Self.demand(LedgerText.isLine(description), "description")
        for (field, value) in metadata {
            try Self.demand(LedgerText.isField(field) && LedgerText.isLine(value), "metadata \(field)")
        }
        self.id = id
        self.kind = kind
        self.occurredAt = occurredAt
        self.description = description
        self.postings = postings
        self.idempotencyKey = idempotencyKey
        self.corrects = corrects
        self.metadata = metadata
    }

    private static func checkBalance(of postings: [Posting]) throws(LedgerError) {
        guard postings.count >= 2 else { throw .tooFewPostings(postings.count) }
        var sum: Int128 = 0
        for posting in postings {
            guard posting.amount != 0 else { throw .zeroPosting(posting.account) }
            guard posting.account.currency == postings[0].account.currency else { throw .mixedCurrencies }
            try demand(posting.account.path.isWellFormed, posting.account.path.text)
            sum += Int128(posting.amount)
        }
        guard sum == 0 else { throw .unbalanced(by: sum) }
    }

    private static func demand(_ holds: Bool, _ what: String) throws(LedgerError) {
        guard holds else { throw .malformed(what) }
    }
}
