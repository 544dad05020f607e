import Domain
import GRDB
import JSON
import Ledger

extension Books {
    /// A transaction and its place in the log.
    public struct Logged: Hashable, Sendable {
        /// Counted from 1 without a gap.
        public let sequence: Int64
        public let transaction: Transaction
    }

    /// The log from its beginning, a page at a time; `after` is a sequence.
    public func transactions(after: Int64 = 0, limit: Int) throws -> Page<Logged> {
        let rows = try db.rows("SELECT * FROM txn WHERE sequence > ? ORDER BY sequence LIMIT ?", [after, limit + 1])
        return Page(try rows.map(logged), limit: limit)
    }

    /// The log from its newest end, a page at a time; `before` is a sequence.
    public func newestTransactions(before: Int64? = nil, limit: Int) throws -> Page<Logged> {
        let rows = try db.rows(
            "SELECT * FROM txn WHERE sequence < ? ORDER BY sequence DESC LIMIT ?", [before ?? .max, limit + 1])
        return Page(try rows.map(logged), limit: limit)
    }

    public func transaction(id: String) throws -> Logged? {
        try db.row("SELECT * FROM txn WHERE id = ?", [id]).map(logged)
    }

    func transaction(sequence: Int64) throws -> Logged? {
        try db.row("SELECT * FROM txn WHERE sequence = ?", [sequence]).map(logged)
    }

    /// The one effect of a key.
    public func transaction(idempotencyKey: String) throws -> Logged? {
        try db.row("SELECT * FROM txn WHERE idempotency_key = ?", [idempotencyKey]).map(logged)
    }

    /// Number of transactions in the log.
    public func transactionCount() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(sequence), 0) FROM txn"))!
    }

    /// Reads a row of `txn` with its postings.
    func logged(_ row: Row) throws -> Logged {
        let sequence: Int64 = try row.value("sequence")
        let id: String = try row.value("id")
        do {
            let transaction = try Transaction(
                id: id, kind: Self.kind(row), occurredAt: Timestamp(milliseconds: row.value("occurred_at")),
                description: row.value("description"), postings: postings(of: sequence),
                idempotencyKey: row.value("idempotency_key"), corrects: row.optionalValue("corrects"),
                metadata: Self.metadata(row))
            return Logged(sequence: sequence, transaction: transaction)
        } catch let error as LedgerError {
            throw StorageError.corrupt("transaction \(id): \(error)")
        }
    }

    private func postings(of sequence: Int64) throws -> [Posting] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT account.path, account.currency, posting.amount
                FROM posting JOIN account ON account.id = posting.account WHERE posting.txn = ? ORDER BY posting.n
                """)
        return try Row.fetchAll(statement, arguments: [sequence]).map { row in
            Posting(try Self.account(row), amount: try row.value("amount"))
        }
    }

    static func kind(_ row: Row) throws -> TransactionKind {
        let word: String = try row.value("kind")
        guard let kind = TransactionKind(rawValue: word) else {
            throw StorageError.corrupt("\(word) is no kind of transaction")
        }
        return kind
    }

    static func metadata(_ row: Row) throws -> [String: String] {
        let text: String = try row.value("metadata")
        var metadata: [String: String] = [:]
        do {
            for member in try JSON.parse(Array(text.utf8), limits: .trusted).asObject ?? JSONObject() {
                metadata[member.key] = member.value.asString
            }
        } catch {
            throw StorageError.corrupt("metadata \(text): \(error)")
        }
        return metadata
    }
}

extension Row {
    /// The value of a column, read without trust: what is not of the type is damage.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[column] as DatabaseValue) else {
            throw StorageError.corrupt("column \(column) holds \(self[column] as DatabaseValue)")
        }
        return value
    }

    func optionalValue<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        (self[column] as DatabaseValue).isNull ? nil : try value(column)
    }
}
