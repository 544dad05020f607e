/// What the house spends on.
public enum Expense: String, CaseIterable, Sendable {
    case recordings
    case qualityPremium = "quality-premium"
    case tierPremium = "tier-premium"
    case reviews
    case floorTopUp = "floor-top-up"
    case payoutFees = "payout-fees"
    case chargebackLoss = "chargeback-loss"
}
