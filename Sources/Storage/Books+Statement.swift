import Domain
import GRDB
import Ledger

extension Books {
    /// The lines of an account by time.
    ///
    /// - Parameters:
    ///   - from: the first moment that counts.
    ///   - to: the first moment that no longer counts.
    ///   - after: the end of the page before.
    public func statement(
        of account: Account, from: Timestamp? = nil, to: Timestamp? = nil, after: Cursor? = nil, limit: Int
    ) throws -> Statement {
        let start = after ?? Cursor(time: from?.milliseconds ?? .min, sequence: .min, n: .min)
        let opening = try balance(of: account, through: start)
        let rows = try rows(of: account, after: start, before: to, limit: limit + 1)
        var balance = opening
        let lines = try rows.prefix(limit).map { row in
            balance += row["amount"] as Int64
            return try line(row, of: account, balance: balance)
        }
        return Statement(
            account: account, opening: Money(micros: opening, currency: account.currency), lines: lines,
            next: rows.count > limit ? lines.last?.place : nil)
    }

    /// What an account stood at at a moment: every past state can be shown.
    public func balance(of account: Account, at moment: Timestamp) throws -> Money {
        let micros = try balance(of: account, through: Cursor(time: moment.milliseconds, sequence: .max, n: .max))
        return Money(micros: micros, currency: account.currency)
    }

    /// Sums what lies up to and with a place.
    private func balance(of account: Account, through place: Cursor) throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT coalesce(sum(amount), 0) FROM posting
                    WHERE account = (SELECT id FROM account WHERE path = ? AND currency = ?)
                        AND (occurred_at, txn, n) <= (?, ?, ?)
                    """), arguments: [account.path.text, account.currency.code, place.time, place.sequence, place.n])!
    }

    private func rows(of account: Account, after place: Cursor, before end: Timestamp?, limit: Int) throws -> [Row] {
        try db.rows(
            """
            SELECT posting.n, posting.amount, txn.* FROM posting JOIN txn ON txn.sequence = posting.txn
            WHERE posting.account = (SELECT id FROM account WHERE path = ? AND currency = ?)
                AND (posting.occurred_at, posting.txn, posting.n) > (?, ?, ?) AND posting.occurred_at < ?
            ORDER BY posting.occurred_at, posting.txn, posting.n LIMIT ?
            """,
            [
                account.path.text, account.currency.code, place.time, place.sequence, place.n, end?.milliseconds ?? .max, limit,
            ])
    }

    private func line(_ row: Row, of account: Account, balance: Int64) throws -> Line {
        Line(
            transaction: try row.value("id"), sequence: try row.value("sequence"), kind: try Self.kind(row),
            occurredAt: row.time("occurred_at"), description: try row.value("description"), metadata: try Self.metadata(row),
            amount: Money(micros: row["amount"], currency: account.currency),
            balance: Money(micros: balance, currency: account.currency), n: row["n"])
    }
}
