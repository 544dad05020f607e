import Domain
import Foundation
import GRDB
import JSON
import Ledger

extension Books {
    /// Writes a transaction whole or not at all; the caller may go on after an error. Accounts open on first use.
    ///
    /// - Returns: its place in the log, counted from 1.
    /// - Throws: `LedgerError.insufficientFunds`, `.duplicate`, `.duplicateID`, `.unknownTransaction`, `.overflow`.
    @discardableResult
    public func post(_ transaction: Transaction) throws -> Int64 {
        var sequence: Int64 = 0
        try db.inSavepoint {
            sequence = try nextSequence()
            // A floor account that is both credited and debited is credited first.
            let legs = transaction.postings.enumerated()
            for (n, posting) in legs where posting.amount < 0 { try insert(posting, n, of: transaction, at: sequence) }
            for (n, posting) in legs where posting.amount > 0 { try insert(posting, n, of: transaction, at: sequence) }
            try seal(transaction, at: sequence)
            return .commit
        }
        return sequence
    }

    private func nextSequence() throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT coalesce(max(sequence), 0) + 1 FROM txn")
        return try Int64.fetchOne(statement)!
    }

    private func insert(_ posting: Posting, _ n: Int, of transaction: Transaction, at sequence: Int64) throws {
        do {
            if try !insertIfOpen(posting, n, of: transaction, at: sequence) {
                try open(posting.account)
                _ = try insertIfOpen(posting, n, of: transaction, at: sequence)
            }
        } catch let error as DatabaseError {
            throw Self.translated(error, posting.account)
        }
    }

    /// False when the account is not open yet.
    private func insertIfOpen(_ posting: Posting, _ n: Int, of transaction: Transaction, at sequence: Int64) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO posting (txn, n, account, amount, occurred_at)
                SELECT ?, ?, id, ?, ? FROM account WHERE path = ? AND currency = ?
                """)
        try statement.execute(arguments: [
            sequence, n, posting.amount, transaction.occurredAt.milliseconds, posting.account.path.text,
            posting.account.currency.code,
        ])
        return db.changesCount > 0
    }

    private func open(_ account: Account) throws {
        try db.execute(
            sql: "INSERT INTO account (path, currency) VALUES (?, ?)", arguments: [account.path.text, account.currency.code])
    }

    private func seal(_ transaction: Transaction, at sequence: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO txn (sequence, id, kind, occurred_at, description, idempotency_key, corrects, metadata, leaf)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let metadata = String(decoding: JSON.object(JSONObject(transaction.metadata)).canonicalBytes(), as: UTF8.self)
        do {
            try statement.execute(arguments: [
                sequence, transaction.id, transaction.kind.rawValue, transaction.occurredAt.milliseconds,
                transaction.description, transaction.idempotencyKey, transaction.corrects,
                metadata, Data(transaction.leafHash),
            ])
        } catch let error as DatabaseError {
            throw Self.translated(error, sealing: transaction)
        }
    }
}
