import Domain
import Ledger

/// The books as simply as they can be said: a dictionary of balances, the keys and the ids.
struct LedgerModel: Equatable {
    private(set) var balances: [Account: Int64] = [:]
    private(set) var keys: Set<String> = []
    private(set) var ids: Set<String> = []

    var transactionCount: Int { ids.count }

    /// Applies a transaction, or says why not.
    mutating func post(_ transaction: Transaction) throws(LedgerError) {
        guard !keys.contains(transaction.idempotencyKey) else { throw .duplicate(idempotencyKey: transaction.idempotencyKey) }
        var moved: [Account: Int64] = [:]
        for posting in transaction.postings { moved[posting.account, default: balances[posting.account] ?? 0] += posting.amount }
        for posting in transaction.postings where posting.amount > 0 && posting.account.hasFloor && moved[posting.account]! > 0 {
            throw .insufficientFunds(posting.account)
        }
        if let wrong = transaction.corrects, !ids.contains(wrong) { throw .unknownTransaction(wrong) }
        balances.merge(moved) { $1 }
        keys.insert(transaction.idempotencyKey)
        ids.insert(transaction.id)
    }

    func funds(_ path: AccountPath) -> Money { Money(micros: -(balances[Account(path, .usd)] ?? 0), currency: .usd) }
}
