import Domain

/// Why the books refuse.
public enum LedgerError: Error, Hashable, Sendable {
    case unbalanced(byMicros: Int64)
    case tooFewPostings
    case overflow
    /// A floor account would cross zero.
    case insufficientFunds(account: String)
    /// The effect of this name was booked before.
    case duplicate(idempotencyKey: String)
    /// Nothing to divide by: weights that add up to zero, or a negative amount or weight.
    case indivisible
}
