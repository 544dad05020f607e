/// One leg of a transaction: micros on one account, debit positive, credit negative, never zero.
public struct Posting: Hashable, Sendable {
    public let account: Account
    public let micros: Int64

    public static func debit(_ account: Account, _ micros: Int64) -> Posting { Posting(account: account, micros: micros) }

    public static func credit(_ account: Account, _ micros: Int64) -> Posting { Posting(account: account, micros: -micros) }
}
