import Domain

/// One leg of a transaction.
public struct Posting: Hashable, Sendable {
    public let account: Account
    /// Micros; a debit is positive, a credit negative.
    public let amount: Int64

    public init(_ account: Account, amount: Int64) {
        self.account = account
        self.amount = amount
    }

    /// Debits an account of the money's currency.
    public static func debit(_ path: AccountPath, _ money: Money) -> Posting {
        Posting(Account(path, money.currency), amount: money.micros)
    }

    /// Credits an account of the money's currency.
    public static func credit(_ path: AccountPath, _ money: Money) -> Posting {
        Posting(Account(path, money.currency), amount: -money.micros)
    }
}
