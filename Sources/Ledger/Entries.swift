import Domain

/// The postings of every event that moves money: one function an event, one transaction each.
///
/// Amounts are positive; legs of zero are left out. What can happen once has an idempotency key made of what it happens
/// to, so that the books refuse a second time. Ids of other things stand in the metadata under their noun.
public enum Entries {
    /// Makes the transaction of an event, without its legs of zero.
    static func entry(
        _ kind: TransactionKind, on occasion: Occasion, key: String, _ description: String, corrects: String? = nil,
        metadata: [String: String] = [:], _ postings: [Posting]
    ) throws(LedgerError) -> Transaction {
        try Transaction(
            id: occasion.id, kind: kind, occurredAt: occasion.at, description: description,
            postings: postings.filter { $0.amount != 0 }, idempotencyKey: key, corrects: corrects, metadata: metadata)
    }

    /// Moves one amount from the account that is credited to the one that is debited.
    static func transfer(
        _ amount: Money, debit: AccountPath, credit: AccountPath, _ kind: TransactionKind, on occasion: Occasion, key: String,
        _ description: String, metadata: [String: String] = [:]
    ) throws(LedgerError) -> Transaction {
        try demandPositive(amount)
        return try entry(
            kind, on: occasion, key: key, description, metadata: metadata, [.debit(debit, amount), .credit(credit, amount)])
    }

    static func demandPositive(_ amount: Money) throws(LedgerError) {
        guard amount.micros > 0 else { throw .malformed("amount \(amount)") }
    }

    /// Debits one account after another as far as each reaches, the last one for all that is left.
    static func draw(_ amount: Money, from sources: [(path: AccountPath, held: Money)], rest: AccountPath) -> [Posting] {
        var left = amount.micros
        var postings: [Posting] = []
        for source in sources {
            let drawn = min(left, max(0, source.held.micros))
            postings.append(.debit(source.path, Money(micros: drawn, currency: amount.currency)))
            left -= drawn
        }
        postings.append(.debit(rest, Money(micros: left, currency: amount.currency)))
        return postings
    }

    /// Credits each contributor once, in the order of their ids.
    static func credits(_ shares: [Share]) -> [Posting] {
        var sums: [Account: Int64] = [:]
        for share in shares {
            sums[Account(.available(contributor: share.contributor), share.amount.currency), default: 0] += share.amount.micros
        }
        return sums.sorted { $0.key.description < $1.key.description }.map { Posting($0.key, amount: -$0.value) }
    }
}
