import Domain

/// The way of a payout. Each step takes the key that its alternative would take, so that it goes one way and once.
extension Entries {
    /// A contributor asked for money: it is set aside.
    public static func payoutReserved(
        _ payout: String, contributor: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .available(contributor: contributor), credit: .reserved(contributor: contributor), .payoutReserved,
            on: occasion, key: "payout:\(payout):reserved", "Payout requested", metadata: ["payout": payout])
    }

    /// It is given up before it was sent.
    public static func payoutVoided(
        _ payout: String, contributor: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .reserved(contributor: contributor), credit: .available(contributor: contributor), .payoutVoided,
            on: occasion, key: "payout:\(payout):released", "Payout voided", metadata: ["payout": payout])
    }

    /// It left in a batch file; tax withheld stays behind.
    public static func payoutSent(
        _ payout: String, contributor: String, amount: Money, tax: TaxWithheld? = nil, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try entry(
            .payoutSent, on: occasion, key: "payout:\(payout):released", "Payout sent", metadata: ["payout": payout],
            [.debit(.reserved(contributor: contributor), amount)] + inTransit(amount, tax, sign: -1))
    }

    /// The bank carried it out; the fee, if any, is the house's.
    ///
    /// - Parameter amount: what was in transit: the payout without tax withheld.
    public static func payoutSettled(
        _ payout: String, amount: Money, bankFee: Money? = nil, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try demandPositive(amount)
        var postings: [Posting] = [.debit(.payoutsInTransit, amount), .credit(.bank, amount)]
        if let bankFee {
            guard bankFee.micros >= 0 else { throw .malformed("fee \(bankFee)") }
            postings += [.debit(.expense(.payoutFees), bankFee), .credit(.bank, bankFee)]
        }
        return try entry(
            .payoutSettled, on: occasion, key: "payout:\(payout):resolved", "Payout settled", metadata: ["payout": payout],
            postings)
    }

    /// The bank did not carry it out: all of it, with the tax withheld, is available again.
    public static func payoutFailed(
        _ payout: String, contributor: String, amount: Money, tax: TaxWithheld? = nil, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try entry(
            .payoutFailed, on: occasion, key: "payout:\(payout):resolved", "Payout failed", metadata: ["payout": payout],
            inTransit(amount, tax, sign: 1) + [.credit(.available(contributor: contributor), amount)])
    }

    /// It came back after it was settled. Tax was withheld from it already, which its metadata says.
    ///
    /// - Parameter amount: what came back: the payout without tax withheld.
    public static func payoutReturned(
        _ payout: String, contributor: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .bank, credit: .available(contributor: contributor), .payoutReturned, on: occasion,
            key: "payout:\(payout):returned", "Payout returned", metadata: ["payout": payout, "tax": "already-withheld"])
    }

    /// Tax that was withheld from payouts is paid to its authority.
    public static func taxRemitted(
        _ remittance: String, jurisdiction: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .taxWithheld(jurisdiction: jurisdiction), credit: .bank, .taxRemitted, on: occasion,
            key: "remittance:\(remittance)", "Tax remitted", metadata: ["remittance": remittance])
    }

    /// The two legs behind a payout: what is on its way and what is withheld.
    private static func inTransit(_ amount: Money, _ tax: TaxWithheld?, sign: Int64) throws(LedgerError) -> [Posting] {
        let withheld = tax?.amount.micros ?? 0
        guard amount.micros > 0, withheld >= 0, withheld <= amount.micros else { throw .malformed("amount \(amount)") }
        let transit = Account(.payoutsInTransit, amount.currency)
        let legs = [Posting(transit, amount: sign * (amount.micros - withheld))]
        guard let tax else { return legs }
        let account = Account(.taxWithheld(jurisdiction: tax.jurisdiction), tax.amount.currency)
        return legs + [Posting(account, amount: sign * withheld)]
    }
}
