/// The events that move money.
public enum TransactionKind: String, CaseIterable, Sendable {
    case recordingAccepted = "recording-accepted"
    case reviewAccepted = "review-accepted"
    case floorTopUp = "floor-top-up"
    case buyerDeposit = "buyer-deposit"
    case receivablePaid = "receivable-paid"
    case receivableWrittenOff = "receivable-written-off"
    case bountyFunded = "bounty-funded"
    case bountyClosed = "bounty-closed"
    case licenceGranted = "licence-granted"
    case licenceRefunded = "licence-refunded"
    case payoutReserved = "payout-reserved"
    case payoutVoided = "payout-voided"
    case payoutSent = "payout-sent"
    case payoutSettled = "payout-settled"
    case payoutFailed = "payout-failed"
    case payoutReturned = "payout-returned"
    case taxRemitted = "tax-remitted"
    case dormantBalance = "dormant-balance"
    case dormantReclaimed = "dormant-reclaimed"
    case openingBalance = "opening-balance"
    case correction
}
