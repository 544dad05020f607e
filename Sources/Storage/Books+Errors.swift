import Domain
import GRDB
import Ledger

/// What the schema says, in the ledger's words. Errors that are no rule of the books pass unchanged.
extension Books {
    static func translated(_ error: DatabaseError, _ account: Account) -> any Error {
        switch error.message {
        case "floor", "CHECK constraint failed: floor": LedgerError.insufficientFunds(account)
        case "CHECK constraint failed: amount": LedgerError.zeroPosting(account)
        case "cannot store REAL value in INTEGER column account.balance": LedgerError.overflow(account)
        default: error
        }
    }

    static func translated(_ error: DatabaseError, sealing transaction: Transaction) -> any Error {
        switch error.message {
        case "duplicate idempotency key": LedgerError.duplicate(idempotencyKey: transaction.idempotencyKey)
        case "duplicate id": LedgerError.duplicateID(transaction.id)
        case "too few postings": LedgerError.tooFewPostings(transaction.postings.count)
        case "mixed currencies": LedgerError.mixedCurrencies
        case "unbalanced": LedgerError.unbalanced(by: transaction.postings.reduce(0) { $0 + Int128($1.amount) })
        case "FOREIGN KEY constraint failed": LedgerError.unknownTransaction(transaction.corrects ?? "")
        default: error
        }
    }
}
