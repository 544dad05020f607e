import Domain

/// The books as one person or organisation keeps them: what the market holds for them is their asset, what they earned is
/// their income. Nobody else's account appears.
public enum OwnBooks: Hashable, Sendable {
    case contributor(String)
    case buyer(String)

    /// The market's accounts that are this owner's.
    public var accounts: [AccountPath] {
        switch self {
        case .contributor(let id): [.available(contributor: id), .reserved(contributor: id)]
        case .buyer(let id): [.prepaid(buyer: id), .receivable(buyer: id)]
        }
    }

    /// What the owner calls such an account; nil for an account that is not theirs.
    public func name(of path: AccountPath) -> String? {
        switch path {
        case .available: "assets:fairvoice:available"
        case .reserved: "assets:fairvoice:reserved"
        case .prepaid: "assets:fairvoice:prepaid"
        case .receivable: "liabilities:fairvoice"
        case .taxWithheld(let jurisdiction): "expenses:tax-withheld:\(jurisdiction)"
        default: nil
        }
    }

    /// Where the money of an event came from or went to, in the owner's eyes.
    public func counterpart(of kind: TransactionKind) -> String {
        switch kind {
        case .recordingAccepted: "income:recordings"
        case .reviewAccepted: "income:reviews"
        case .floorTopUp: "income:top-ups"
        case .licenceGranted, .licenceRefunded, .licenceChargedBack: licences
        case .payoutReserved, .payoutVoided, .payoutSent, .payoutSettled, .payoutFailed, .payoutReturned: "assets:bank"
        case .buyerDeposit, .receivablePaid: "assets:bank"
        case .receivableWrittenOff: "income:debt-forgiven"
        case .bountyFunded, .bountyClosed: "assets:fairvoice:bounties"
        case .dormantBalance, .dormantReclaimed: "assets:fairvoice:unclaimed"
        case .taxRemitted: "equity:corrections"
        case .openingBalance: "equity:opening"
        case .correction: "equity:corrections"
        }
    }

    private var licences: String {
        switch self {
        case .contributor: "income:royalties"
        case .buyer: "expenses:licences"
        }
    }
}
