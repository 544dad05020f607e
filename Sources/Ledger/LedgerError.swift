import Domain

/// Why an entry can't be made.
public enum LedgerError: Error, Hashable, Sendable {
    /// Debits and credits differ by so many micros.
    case unbalanced(by: Int128)
    /// A transaction has at least two postings.
    case tooFewPostings(Int)
    /// A posting moves nothing.
    case zeroPosting(Account)
    /// A transaction stays in one currency.
    case mixedCurrencies
    /// An account, id, key or text that can't be written down: what it is.
    case malformed(String)
    /// A floor account would cross zero.
    case insufficientFunds(Account)
    /// An account would leave the range of 64 bits.
    case overflow(Account)
    /// The key has had its one effect.
    case duplicate(idempotencyKey: String)
    /// Another transaction has this id.
    case duplicateID(String)
    /// The transaction to correct is not in the books.
    case unknownTransaction(String)
    /// Weights are not negative, and some weight is needed to share an amount.
    case noWeight
}
