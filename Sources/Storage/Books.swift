import Domain
import GRDB
import Ledger

/// The books inside one transaction of the database, which enforces them: see `Migrations/0001_books.sql`.
public enum Books {
    /// Books a transaction: accounts are opened on first use, postings go in first, the transaction's row seals them.
    public static func post(_ transaction: Transaction, in db: Connection) throws {
        let currency = transaction.currency.code
        for posting in transaction.postings {
            try db.cachedStatement(sql: "INSERT INTO account (path, currency, is_floor) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .execute(arguments: [posting.account.path, currency, posting.account.isFloor ? 1 : 0])
        }
        let insert = try db.cachedStatement(
            sql: "INSERT INTO posting (txn, n, account, currency, amount) VALUES (?, ?, ?, ?, ?)")
        for (n, posting) in transaction.postings.enumerated() {
            do {
                try insert.execute(arguments: [transaction.id, n, posting.account.path, currency, posting.micros])
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_CHECK {
                throw LedgerError.insufficientFunds(account: posting.account.path)
            }
        }
        do {
            try db.execute(
                sql: """
                    INSERT INTO txn (id, kind, currency, occurred_at, description, subject, idempotency_key, corrects)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    transaction.id, transaction.kind.rawValue, currency, transaction.occurredAt.milliseconds,
                    transaction.description, transaction.subject, transaction.idempotencyKey, transaction.corrects,
                ])
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw LedgerError.duplicate(idempotencyKey: transaction.idempotencyKey)
        }
    }

    /// The credit balance of an account: what it holds or owes. 0 for one that was never used.
    public static func creditBalance(of account: Account, _ currency: Currency, in db: Connection) throws -> Money {
        let debit = try Int64.fetchOne(
            db, sql: "SELECT balance FROM account WHERE path = ? AND currency = ?", arguments: [account.path, currency.code])
        return Money(micros: -(debit ?? 0), currency: currency)
    }

    /// One line of an account's statement.
    public struct StatementLine: Sendable {
        public let transaction: String
        public let kind: String
        public let occurredAt: Timestamp
        public let description: String
        public let subject: String
        /// Positive where the account was credited.
        public let amount: Money
        /// The credit balance after it.
        public let balance: Money
    }

    /// Credits and debits of an account in order, from a moment up to before another. `after` is a transaction.
    public static func statement(
        of account: Account, _ currency: Currency, from: Timestamp?, to: Timestamp?, _ page: PageRequest, in db: Connection
    ) throws -> Page<StatementLine> {
        let sql = """
            SELECT * FROM (
                SELECT txn.id, kind, occurred_at, description, subject, -amount AS amount,
                    sum(-amount) OVER (ORDER BY txn.id) AS balance
                FROM posting JOIN txn ON txn.id = posting.txn
                WHERE account = ?1 AND posting.currency = ?2
            )
            WHERE id > ?3 AND occurred_at >= ?4 AND occurred_at < ?5 ORDER BY id LIMIT ?6
            """
        let rows = try Row.fetchAll(
            db, sql: sql,
            arguments: [
                account.path, currency.code, page.after ?? "", from?.milliseconds ?? .min, to?.milliseconds ?? .max,
                page.limit + 1,
            ])
        let lines = rows.map {
            StatementLine(
                transaction: $0["id"], kind: $0["kind"], occurredAt: $0.time("occurred_at"), description: $0["description"],
                subject: $0["subject"], amount: Money(micros: $0["amount"], currency: currency),
                balance: Money(micros: $0["balance"], currency: currency))
        }
        return Page(lines, limit: page.limit)
    }

    /// The balance of one account, debit positive.
    public struct TrialBalanceLine: Sendable {
        public let account: String
        public let balance: Money
    }

    /// Every account, in the order of paths.
    public static func trialBalance(in db: Connection) throws -> [TrialBalanceLine] {
        try Row.fetchAll(db, sql: "SELECT * FROM account ORDER BY currency, path").map {
            TrialBalanceLine(account: $0["path"], balance: $0.money("balance"))
        }
    }

    /// A booked transaction as it stands in the database.
    public struct Booked: Sendable {
        public let id: String
        public let kind: String
        public let currency: Currency
        public let occurredAt: Timestamp
        public let description: String
        public let subject: String
        /// Paths and micros, debit positive.
        public let postings: [(account: String, micros: Int64)]
    }

    /// Transactions in the order of ids.
    public static func transactions(_ page: PageRequest, in db: Connection) throws -> Page<Booked> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM txn WHERE id > ? ORDER BY id LIMIT ?", arguments: [page.after ?? "", page.limit + 1])
        let postings = try db.cachedStatement(sql: "SELECT account, amount FROM posting WHERE txn = ? ORDER BY n")
        let booked = try rows.map { row in
            Booked(
                id: row["id"], kind: row["kind"], currency: Currency(code: row["currency"])!,
                occurredAt: row.time("occurred_at"), description: row["description"], subject: row["subject"],
                postings: try Row.fetchAll(postings, arguments: [row["id"] as String]).map { ($0["account"], $0["amount"]) })
        }
        return Page(booked, limit: page.limit)
    }
}
