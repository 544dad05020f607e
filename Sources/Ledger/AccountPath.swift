/// One place of the chart of accounts.
public enum AccountPath: Hashable, Sendable {
    case bank
    case receivable(buyer: String)
    case prepaid(buyer: String)
    case available(contributor: String)
    case reserved(contributor: String)
    case payoutsInTransit
    case acquisitionFund
    case bounty(String)
    case taxWithheld(jurisdiction: String)
    case unclaimed
    case operations
    case expense(Expense)
    case opening
}

extension AccountPath: CustomStringConvertible {
    /// Such as "liabilities:contributor:ctr_01JQ:available".
    public var text: String {
        switch self {
        case .bank: "assets:bank"
        case .receivable(let buyer): "assets:receivable:buyer:\(buyer)"
        case .prepaid(let buyer): "liabilities:buyer:\(buyer):prepaid"
        case .available(let contributor): "liabilities:contributor:\(contributor):available"
        case .reserved(let contributor): "liabilities:contributor:\(contributor):reserved"
        case .payoutsInTransit: "liabilities:payouts-in-transit"
        case .acquisitionFund: "liabilities:acquisition-fund"
        case .bounty(let bounty): "liabilities:bounty:\(bounty)"
        case .taxWithheld(let jurisdiction): "liabilities:tax-withheld:\(jurisdiction)"
        case .unclaimed: "liabilities:unclaimed"
        case .operations: "revenue:operations"
        case .expense(let expense): "expenses:\(expense.rawValue)"
        case .opening: "equity:opening"
        }
    }

    public var description: String { text }

    /// Reads exactly what `text` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts.count, parts[0], parts.count > 1 ? parts[1] : "") {
        case (2, "assets", "bank"): self = .bank
        case (4, "assets", "receivable") where parts[2] == "buyer": self = .receivable(buyer: parts[3])
        case (4, "liabilities", "buyer") where parts[3] == "prepaid": self = .prepaid(buyer: parts[2])
        case (4, "liabilities", "contributor") where parts[3] == "available": self = .available(contributor: parts[2])
        case (4, "liabilities", "contributor") where parts[3] == "reserved": self = .reserved(contributor: parts[2])
        case (2, "liabilities", "payouts-in-transit"): self = .payoutsInTransit
        case (2, "liabilities", "acquisition-fund"): self = .acquisitionFund
        case (3, "liabilities", "bounty"): self = .bounty(parts[2])
        case (3, "liabilities", "tax-withheld"): self = .taxWithheld(jurisdiction: parts[2])
        case (2, "liabilities", "unclaimed"): self = .unclaimed
        case (2, "revenue", "operations"): self = .operations
        case (2, "equity", "opening"): self = .opening
        case (2, "expenses", let name):
            guard let expense = Expense(rawValue: name) else { return nil }
            self = .expense(expense)
        default: return nil
        }
        guard isWellFormed else { return nil }
    }

    /// Whether the balance may never become a debit: what is held for others can't be overdrawn. The schema repeats this
    /// rule (`account.has_floor`).
    public var hasFloor: Bool {
        switch self {
        case .prepaid, .available, .reserved, .payoutsInTransit, .acquisitionFund, .bounty: true
        case .bank, .receivable, .taxWithheld, .unclaimed, .operations, .expense, .opening: false
        }
    }

    /// Whether the id in the path can be written in every journal: see `LedgerText`.
    var isWellFormed: Bool {
        switch self {
        case .receivable(let id), .prepaid(let id), .available(let id), .reserved(let id), .bounty(let id):
            LedgerText.isID(id)
        case .taxWithheld(let jurisdiction): LedgerText.isJurisdiction(jurisdiction)
        case .bank, .payoutsInTransit, .acquisitionFund, .unclaimed, .operations, .expense, .opening: true
        }
    }
}
