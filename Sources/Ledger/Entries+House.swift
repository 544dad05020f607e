import Domain

/// What the house itself does.
extension Entries {
    /// What an account stood at before these books began; once for each account.
    ///
    /// - Parameter balance: a debit is positive.
    public static func openingBalance(
        of path: AccountPath, balance: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try entry(
            .openingBalance, on: occasion, key: "opening:\(path.text):\(balance.currency.code)", "Opening balance",
            [.debit(path, balance), .credit(.opening, balance)])
    }

    /// Undoes a transaction by its mirror image; once for each. The books keep both.
    public static func correction(
        of wrong: Transaction, reason: String, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try entry(
            .correction, on: occasion, key: "correction:\(wrong.id)", reason, corrects: wrong.id,
            wrong.postings.map { Posting($0.account, amount: -$0.amount) })
    }
}
