import Domain

/// What buyers pay in, owe and promise.
extension Entries {
    /// A buyer's money reached the bank.
    public static func buyerDeposit(
        _ deposit: String, buyer: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .bank, credit: .prepaid(buyer: buyer), .buyerDeposit, on: occasion, key: "deposit:\(deposit)",
            "Deposit", metadata: ["deposit": deposit])
    }

    /// A buyer paid what they owed for a licence.
    public static func receivablePaid(
        licence: String, buyer: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .bank, credit: .receivable(buyer: buyer), .receivablePaid, on: occasion,
            key: "licence:\(licence):receivable", "Invoice paid", metadata: ["licence": licence])
    }

    /// A buyer will not pay what they owe for a licence. The house bears it; contributors keep their shares.
    public static func receivableWrittenOff(
        licence: String, buyer: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .expense(.chargebackLoss), credit: .receivable(buyer: buyer), .receivableWrittenOff, on: occasion,
            key: "licence:\(licence):receivable", "Invoice written off", metadata: ["licence": licence])
    }

    /// A buyer sets prepaid money aside for recordings of a kind.
    public static func bountyFunded(
        _ bounty: String, buyer: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .prepaid(buyer: buyer), credit: .bounty(bounty), .bountyFunded, on: occasion,
            key: "bounty:\(bounty):funded", "Bounty funded", metadata: ["bounty": bounty])
    }

    /// What a bounty holds that nothing counts on goes back to its buyer.
    public static func bountyClosed(
        _ bounty: String, buyer: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .bounty(bounty), credit: .prepaid(buyer: buyer), .bountyClosed, on: occasion,
            key: "bounty:\(bounty):closed", "Bounty closed", metadata: ["bounty": bounty])
    }

    /// The last quote that counted on a closed bounty has ended: what is left goes back too.
    public static func bountyReleased(
        _ bounty: String, buyer: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .bounty(bounty), credit: .prepaid(buyer: buyer), .bountyClosed, on: occasion,
            key: "bounty:\(bounty):released", "Rest of a closed bounty", metadata: ["bounty": bounty])
    }
}
