/// An account of the chart. One set exists for each currency; no transaction mixes currencies.
public enum Account: Hashable, Sendable {
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

    public enum Expense: String, CaseIterable, Sendable {
        case recordings
        case qualityPremium = "quality-premium"
        case tierPremium = "tier-premium"
        case reviews
        case floorTopUp = "floor-top-up"
        case payoutFees = "payout-fees"
        case chargebackLoss = "chargeback-loss"
    }

    /// The path, such as "liabilities:contributor:con_…:available": the name in the database and in exports.
    public var path: String {
        switch self {
        case .bank: "assets:bank"
        case .receivable(let buyer): "assets:receivable:buyer:\(buyer)"
        case .prepaid(let buyer): "liabilities:buyer:\(buyer):prepaid"
        case .available(let contributor): "liabilities:contributor:\(contributor):available"
        case .reserved(let contributor): "liabilities:contributor:\(contributor):reserved"
        case .payoutsInTransit: "liabilities:payouts-in-transit"
        case .acquisitionFund: "liabilities:acquisition-fund"
        case .bounty(let id): "liabilities:bounty:\(id)"
        case .taxWithheld(let jurisdiction): "liabilities:tax-withheld:\(jurisdiction)"
        case .unclaimed: "liabilities:unclaimed"
        case .operations: "revenue:operations"
        case .expense(let expense): "expenses:\(expense.rawValue)"
        case .opening: "equity:opening"
        }
    }

    /// Whether its credit balance may never cross zero: it holds money of somebody in particular.
    public var isFloor: Bool {
        switch self {
        case .prepaid, .available, .reserved, .payoutsInTransit, .acquisitionFund, .bounty: true
        default: false
        }
    }

    /// Reads a path; nil for one that is not of the chart.
    public init?(path: String) {
        let parts = path.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let candidate: Account?
        switch (parts.first, parts.count) {
        case ("assets", 2): candidate = .bank
        case ("assets", 4): candidate = .receivable(buyer: parts[3])
        case ("liabilities", 2):
            candidate = [Account.payoutsInTransit, .acquisitionFund, .unclaimed].first { $0.path == path }
        case ("liabilities", 3):
            candidate = parts[1] == "bounty" ? .bounty(parts[2]) : .taxWithheld(jurisdiction: parts[2])
        case ("liabilities", 4):
            candidate =
                parts[3] == "prepaid"
                ? .prepaid(buyer: parts[2])
                : parts[3] == "available" ? .available(contributor: parts[2]) : .reserved(contributor: parts[2])
        case ("revenue", 2): candidate = .operations
        case ("expenses", 2): candidate = Expense(rawValue: parts[1]).map(Account.expense)
        case ("equity", 2): candidate = .opening
        default: candidate = nil
        }
        guard let candidate, candidate.path == path, !parts.contains("") else { return nil }
        self = candidate
    }
}
