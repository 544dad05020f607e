import Domain
import GRDB
import Ledger

extension Books {
    /// A stretch of the log that does not change while it is read page by page: transactions up to a sequence, of a time.
    public struct Stretch: Hashable, Sendable {
        public let from: Timestamp?
        public let to: Timestamp?
        /// The last transaction that counts.
        public let through: Int64

        public init(from: Timestamp?, to: Timestamp?, through: Int64) {
            self.from = from
            self.to = to
            self.through = through
        }
    }

    /// What one owner's accounts stood at before a stretch; debits are positive.
    public func opening(of owner: OwnBooks, _ currency: Currency, before stretch: Stretch) throws -> [AccountPath: Int64] {
        var balances: [AccountPath: Int64] = [:]
        for path in owner.accounts {
            guard let from = stretch.from else {
                balances[path] = 0
                continue
            }
            balances[path] = try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT coalesce(sum(amount), 0) FROM posting
                        WHERE account = (SELECT id FROM account WHERE path = ? AND currency = ?) AND occurred_at < ? AND txn <= ?
                        """), arguments: [path.text, currency.code, from.milliseconds, stretch.through])
        }
        return balances
    }

    /// The movements of one owner's money by time, a page at a time; `after` is the last movement of the page before. Only
    /// the owner's own legs, and the tax withheld from their payouts, are read.
    public func movements(
        of owner: OwnBooks, _ currency: Currency, in stretch: Stretch, after last: OwnMovement? = nil, limit: Int
    ) throws -> Page<OwnMovement> {
        let ids = try owner.accounts.map { path in
            try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT id FROM account WHERE path = ? AND currency = ?"),
                arguments: [path.text, currency.code]) ?? -1
        }
        let from = last?.occurredAt.milliseconds ?? stretch.from?.milliseconds ?? .min
        let rows = try db.rows(
            """
            SELECT DISTINCT txn.* FROM (
                SELECT * FROM (
                    SELECT occurred_at, txn FROM posting WHERE account = ?1 AND (occurred_at, txn) > (?3, ?4)
                        AND occurred_at < ?5 AND txn <= ?6 ORDER BY occurred_at, txn LIMIT ?7)
                UNION SELECT * FROM (
                    SELECT occurred_at, txn FROM posting WHERE account = ?2 AND (occurred_at, txn) > (?3, ?4)
                        AND occurred_at < ?5 AND txn <= ?6 ORDER BY occurred_at, txn LIMIT ?7)
            ) AS moved JOIN txn ON txn.sequence = moved.txn ORDER BY moved.occurred_at, moved.txn LIMIT ?7
            """,
            [
                ids[0], ids[1], from, last?.sequence ?? .min, stretch.to?.milliseconds ?? .max, stretch.through, limit + 1,
            ])
        return Page(try rows.map { try movement($0, accounts: zip(owner.accounts, ids)) }, limit: limit)
    }

    private func movement(_ row: Row, accounts: some Sequence<(AccountPath, Int64)>) throws -> OwnMovement {
        let sequence: Int64 = try row.value("sequence")
        let kind = try Self.kind(row)
        let at: Int64 = try row.value("occurred_at")
        let own = try db.cachedStatement(
            sql: "SELECT amount FROM posting WHERE account = ? AND occurred_at = ? AND txn = ? ORDER BY n")
        var legs: [OwnMovement.Leg] = []
        for (path, id) in accounts {
            legs += try Int64.fetchAll(own, arguments: [id, at, sequence]).map { .init(path, amount: $0) }
        }
        if kind == .payoutSent || kind == .payoutFailed { legs += try taxLegs(of: sequence) }
        return OwnMovement(
            transaction: try row.value("id"), sequence: sequence, kind: kind, occurredAt: Timestamp(milliseconds: at),
            description: try row.value("description"), metadata: try Self.metadata(row), legs: legs)
    }

    private func taxLegs(of sequence: Int64) throws -> [OwnMovement.Leg] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT account.path, account.currency, posting.amount FROM posting JOIN account ON account.id = posting.account
                WHERE posting.txn = ? AND account.path GLOB 'liabilities:tax-withheld:*' ORDER BY posting.n
                """)
        return try Row.fetchAll(statement, arguments: [sequence]).map { row in
            .init(try Self.account(row).path, amount: try row.value("amount"))
        }
    }

    /// Jurisdictions for which the books hold tax.
    public func taxJurisdictions() throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT DISTINCT substr(path, 26) FROM account WHERE path GLOB 'liabilities:tax-withheld:*' ORDER BY 1"))
    }
}
