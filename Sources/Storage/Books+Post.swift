import Domain
import Foundation
import GRDB
import JSON
import Ledger

extension Books {
    /// Writes a transaction whole or not at all; the caller may go on after an error. Accounts open on first use. Whether
    /// the key has had its effect is looked at first, so that a late retry never fails for want of funds.
    ///
    /// - Returns: its place in the log, counted from 1.
    /// - Throws: `LedgerError.insufficientFunds`, `.duplicate`, `.duplicateID`, `.unknownTransaction`, `.overflow`.
    @discardableResult
    public func post(_ transaction: Transaction) throws -> Int64 {
        var sequence: Int64 = 0
        try demandNew(transaction)
        try wholeOrNothing {
            sequence = try nextSequence()
            // A floor account that is both credited and debited is credited first.
            let legs = transaction.postings.enumerated()
            for (n, posting) in legs where posting.amount < 0 { try insert(posting, n, of: transaction, at: sequence) }
            for (n, posting) in legs where posting.amount > 0 { try insert(posting, n, of: transaction, at: sequence) }
            let hash = transaction.leafHash
            try seal(transaction, hash, at: sequence)
            try Log(db).append(transaction, hash, sequence: sequence)
        }
        return sequence
    }

    /// A savepoint by cached statements: GRDB's own compiles its three each time.
    private func wholeOrNothing(_ body: () throws -> Void) throws {
        try db.run("SAVEPOINT entry")
        do {
            try body()
        } catch {
            try db.run("ROLLBACK TO entry")
            try db.run("RELEASE entry")
            throw error
        }
        try db.run("RELEASE entry")
    }

    private func demandNew(_ transaction: Transaction) throws {
        if try db.has("SELECT 1 FROM txn WHERE idempotency_key = ?", Bound(transaction.idempotencyKey)) {
            throw LedgerError.duplicate(idempotencyKey: transaction.idempotencyKey)
        }
    }

    private func nextSequence() throws -> Int64 {
        try db.integer("SELECT coalesce(max(sequence), 0) + 1 FROM txn")!
    }

    private func insert(_ posting: Posting, _ n: Int, of transaction: Transaction, at sequence: Int64) throws {
        do {
            if try insertIfCovered(posting, n, of: transaction, at: sequence) { return }
            if try openIfNew(posting.account), try insertIfCovered(posting, n, of: transaction, at: sequence) { return }
            throw LedgerError.insufficientFunds(posting.account)
        } catch let error as DatabaseError {
            throw Self.translated(error, posting.account)
        }
    }

    /// False when the account is not open or would cross its floor. The schema would refuse that too, but a statement that
    /// fails is compiled again, and refusals are ordinary.
    private func insertIfCovered(
        _ posting: Posting, _ n: Int, of transaction: Transaction, at sequence: Int64
    ) throws -> Bool {
        // Two statements: one that inserts what it selects from a table that its triggers change makes a temporary table.
        let account = try db.integer(
            "SELECT id FROM account WHERE path = ? AND currency = ? AND NOT (has_floor AND balance + ? > 0)",
            Bound(posting.account.path.text), Bound(posting.account.currency.code), Bound(posting.amount))
        guard let account else { return false }
        try db.run(
            "INSERT INTO posting (txn, n, account, amount, occurred_at) VALUES (?, ?, ?, ?, ?)", Bound(sequence), Bound(n),
            Bound(account), Bound(posting.amount), Bound(transaction.occurredAt.milliseconds))
        return true
    }

    /// False when it was open.
    private func openIfNew(_ account: Account) throws -> Bool {
        let path = account.path.text
        let currency = account.currency.code
        guard try !db.has("SELECT 1 FROM account WHERE path = ? AND currency = ?", Bound(path), Bound(currency)) else {
            return false
        }
        try db.carryOut("INSERT INTO account (path, currency) VALUES (?, ?)", [path, currency])
        return true
    }

    private func seal(_ transaction: Transaction, _ hash: [UInt8], at sequence: Int64) throws {
        let metadata = String(decoding: JSON.object(JSONObject(transaction.metadata)).canonicalBytes(), as: UTF8.self)
        do {
            try db.run(
                """
                INSERT INTO txn (sequence, id, kind, occurred_at, description, idempotency_key, corrects, metadata, leaf)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                Bound(sequence), Bound(transaction.id), Bound(transaction.kind.rawValue),
                Bound(transaction.occurredAt.milliseconds), Bound(transaction.description),
                Bound(transaction.idempotencyKey), Bound(transaction.corrects), Bound(metadata), Bound(hash))
        } catch let error as DatabaseError {
            throw Self.translated(error, sealing: transaction)
        }
    }
}
