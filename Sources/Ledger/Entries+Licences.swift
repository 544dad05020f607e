import Domain

/// What a licence pays to whom.
extension Entries {
    /// Divides the fee of a licence among everyone who has a part in it. The parts must add up to the fee.
    ///
    /// - Parameters:
    ///   - royalties: shares of the recordings; a contributor's are credited in one leg.
    ///   - reviewers: shares of the reviews, in legs of their own; empty where nobody reviewed.
    public static func licenceGranted(
        _ licence: String, buyer: String, fee: Money, payment: Payment = .prepaid, royalties: [Share],
        reviewers: [Share] = [], acquisitionFund: Money, operations: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try demandPositive(fee)
        for share in royalties + reviewers where share.amount.micros < 0 { throw .malformed("share \(share.amount)") }
        for part in [acquisitionFund, operations] where part.micros < 0 { throw .malformed("part \(part)") }
        let ends: [Posting] = [.credit(.acquisitionFund, acquisitionFund), .credit(.operations, operations)]
        return try entry(
            .licenceGranted, on: occasion, key: "licence:\(licence):granted", "Licence granted", metadata: ["licence": licence],
            [.debit(payment.account(of: buyer), fee)] + credits(royalties) + credits(reviewers) + ends)
    }

    /// Gives a buyer's fee back, whole or in part. Contributors keep what they were credited: first operations and the fund
    /// give back their own parts as far as the fund reaches, the house bears the rest.
    ///
    /// - Parameters:
    ///   - operations: what operations got of the fee.
    ///   - acquisitionFund: what the fund got of the fee.
    ///   - fundHolds: what the fund holds now.
    ///   - corrects: the transaction that granted the licence.
    public static func licenceRefunded(
        _ licence: String, buyer: String, amount: Money, payment: Payment = .prepaid, operations: Money,
        acquisitionFund: Money, fundHolds: Money, corrects: String, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try givenBack(
            .licenceRefunded, licence, "Licence refunded", amount, to: payment.account(of: buyer), operations, acquisitionFund,
            fundHolds, corrects, on: occasion)
    }

    /// The buyer's bank took the fee back, whole or in part: the same as a refund, but the money leaves the bank. A licence is
    /// refunded or charged back, once.
    public static func licenceChargedBack(
        _ licence: String, amount: Money, operations: Money, acquisitionFund: Money, fundHolds: Money, corrects: String,
        on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try givenBack(
            .licenceChargedBack, licence, "Licence charged back", amount, to: .bank, operations, acquisitionFund, fundHolds,
            corrects, on: occasion)
    }

    private static func givenBack(
        _ kind: TransactionKind, _ licence: String, _ description: String, _ amount: Money, to account: AccountPath,
        _ operations: Money, _ acquisitionFund: Money, _ fundHolds: Money, _ corrects: String, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try demandPositive(amount)
        let fundGives = Money(micros: min(acquisitionFund.micros, fundHolds.micros), currency: acquisitionFund.currency)
        let debits = draw(
            amount, from: [(.operations, operations), (.acquisitionFund, fundGives)], rest: .expense(.chargebackLoss))
        return try entry(
            kind, on: occasion, key: "licence:\(licence):refunded", description, corrects: corrects,
            metadata: ["licence": licence], debits + [.credit(account, amount)])
    }
}
