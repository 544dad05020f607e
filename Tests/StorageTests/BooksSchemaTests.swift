import GRDB
import Testing

@testable import Storage

/// What a wrong or hostile program may try with plain SQL. The schema alone must refuse all of it.
struct BooksSchemaTests {
    /// SQL, run in one transaction on books with one sealed deposit of 5 (transaction 1), and what refuses it.
    struct Attempt: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        let refusal: String
        var testDescription: String { name }

        init(_ name: String, _ sql: String, _ refusal: String) {
            self.name = name
            self.sql = sql
            self.refusal = refusal
        }
    }

    static func posting(_ txn: Int, _ n: Int, _ account: Int, _ amount: String, _ clause: String = "") -> String {
        "INSERT \(clause) INTO posting (txn, n, account, amount, occurred_at) VALUES (\(txn), \(n), \(account), \(amount), 7);"
    }

    static func seal(_ sequence: Int, id: String = "t2", key: String = "k2", _ clause: String = "") -> String {
        """
        INSERT \(clause) INTO txn (sequence, id, kind, occurred_at, description, idempotency_key, metadata, leaf)
        VALUES (\(sequence), '\(id)', 'correction', 7, '', '\(key)', '{}', zeroblob(32));
        """
    }

    static let fair = posting(2, 0, 2, "-3") + posting(2, 1, 1, "3")

    // Accounts: 1 bank, 2 prepaid, 3 operations, 4 bank in euros, 5 the fund.
    static let attempts: [Attempt] = [
        .init("an unbalanced transaction", posting(2, 0, 2, "-3") + posting(2, 1, 1, "2") + seal(2), "unbalanced"),
        .init("postings without their seal", fair, "FOREIGN KEY constraint failed"),
        .init("half an entry without its seal", posting(2, 0, 2, "-3"), "FOREIGN KEY constraint failed"),
        .init("one leg", posting(2, 0, 2, "-3") + seal(2), "too few postings"),
        .init("no leg", seal(2), "too few postings"),
        .init("an amount of zero", posting(2, 0, 2, "0"), "CHECK constraint failed: amount"),
        .init(
            "an amount that is no integer", posting(2, 0, 2, "0.5"), "cannot store REAL value in INTEGER column posting.amount"),
        .init("a late posting", posting(1, 2, 2, "-3"), "late posting"),
        .init("a late posting that replaces", posting(1, 0, 2, "-3", "OR REPLACE"), "late posting"),
        .init(
            "a posting that replaces another", posting(2, 0, 2, "-3") + posting(2, 0, 2, "-4", "OR REPLACE"),
            "a posting is written once"),
        .init("UPDATE of a posting", "UPDATE posting SET amount = 6 WHERE txn = 1 AND n = 0", "the books are append-only"),
        .init("UPDATE OR REPLACE of a posting", "UPDATE OR REPLACE posting SET n = 1 WHERE n = 0", "the books are append-only"),
        .init("DELETE of a posting", "DELETE FROM posting WHERE txn = 1", "the books are append-only"),
        .init("UPDATE of a transaction", "UPDATE txn SET description = 'x'", "the books are append-only"),
        .init("DELETE of a transaction", "DELETE FROM txn", "the books are append-only"),
        .init("a floor breach", posting(2, 0, 2, "6") + posting(2, 1, 1, "-6") + seal(2), "floor"),
        .init("a floor breach that ignores", posting(2, 0, 2, "6", "OR IGNORE"), "floor"),
        .init("a floor breach that replaces", posting(2, 0, 2, "6", "OR REPLACE"), "floor"),
        .init("a floor breach that is credited later", posting(2, 0, 2, "6") + posting(2, 1, 2, "-6") + seal(2), "floor"),
        .init("an overdraft of the empty fund", posting(2, 0, 5, "1"), "floor"),
        .init("a duplicate idempotency key", fair + seal(2, key: "k1"), "duplicate idempotency key"),
        .init("a duplicate key that replaces", fair + seal(2, key: "k1", "OR REPLACE"), "duplicate idempotency key"),
        .init("a duplicate key that is ignored", fair + seal(2, key: "k1", "OR IGNORE"), "duplicate idempotency key"),
        .init("a duplicate id", fair + seal(2, id: "t1"), "duplicate id"),
        .init("a seal that replaces another", seal(1, "OR REPLACE"), "out of sequence"),
        .init("a gap in the log", posting(3, 0, 2, "-3") + posting(3, 1, 1, "3") + seal(3), "out of sequence"),
        .init("mixed currencies", posting(2, 0, 2, "-3") + posting(2, 1, 4, "3") + seal(2), "mixed currencies"),
        .init("an unknown account", posting(2, 0, 99, "-3"), "unknown account"),
        .init("an unknown account that is ignored", posting(2, 0, 99, "-3", "OR IGNORE"), "unknown account"),
        .init("postings of another time", fair + seal(2).replacing(", 7, ''", with: ", 8, ''"), "postings of another time"),
        .init(
            "a correction of nothing",
            fair + seal(2).replacing("metadata, leaf", with: "metadata, leaf, corrects").replacing("(32))", with: "(32), 'no')"),
            "FOREIGN KEY constraint failed"),
        .init(
            "a balance of its own", "UPDATE account SET balance = balance - 1 WHERE id = 2", "a balance moves by postings only"),
        .init(
            "a balance moved twice by one posting",
            posting(2, 0, 2, "-3") + posting(2, 1, 2, "-4") + "UPDATE account SET balance = balance - 3, last_n = 0 WHERE id = 2;"
                + "UPDATE account SET balance = balance - 3 WHERE id = 2", "a balance moves by postings only"),
        .init(
            "a balance moved by a sealed posting",
            "UPDATE account SET balance = balance - 5, last_txn = 1, last_n = 1 WHERE id = 2",
            "a balance moves by postings only"),
        .init(
            "an account that opens full", "INSERT INTO account (path, currency, balance) VALUES ('assets:x', 'USD', 1)",
            "an account opens empty"),
        .init(
            "an account that replaces another",
            "INSERT OR REPLACE INTO account (id, path, currency) VALUES (2, 'liabilities:buyer:b:prepaid', 'USD')",
            "an account opens once"),
        .init(
            "an account of no kind", "INSERT INTO account (path, currency) VALUES ('gifts:x', 'USD')",
            "CHECK constraint failed: kind"),
        .init("a renamed account", "UPDATE account SET path = 'assets:x' WHERE id = 2", "an account keeps its name"),
        .init("a deleted account", "DELETE FROM account WHERE id = 5", "an account is never deleted"),
        .init(
            "a balance beyond 64 bits", posting(2, 0, 3, "\(Int64.max)") + posting(2, 1, 3, "1"),
            "cannot store REAL value in INTEGER column account.balance"),
    ]

    @Test(arguments: attempts)
    func isRefused(_ attempt: Attempt) throws {
        let temporary = try TemporaryStore()
        try Self.open(temporary.store)
        let before = try Self.contents(temporary.store)
        #expect(throws: StorageError.refused(attempt.refusal)) {
            try temporary.store.write { db in try db.execute(sql: attempt.sql) }
        }
        #expect(try Self.contents(temporary.store) == before)
    }

    /// RAISE(ABORT) undoes only its statement: a program that goes on after the error must fail at COMMIT.
    @Test(arguments: attempts)
    func isRefusedWhenTheErrorIsSwallowed(_ attempt: Attempt) throws {
        let temporary = try TemporaryStore()
        try Self.open(temporary.store)
        let before = try Self.contents(temporary.store)
        do {
            try temporary.store.write { db in
                for statement in attempt.sql.split(separator: ";") {
                    do { try db.execute(sql: String(statement)) } catch is DatabaseError {}
                }
            }
        } catch StorageError.refused("FOREIGN KEY constraint failed") {}
        #expect(try Self.contents(temporary.store) == before)
        let report = try temporary.store.read { db in Books(db).verify() }
        #expect(
            report.findings.allSatisfy { $0 == .changed(sequence: 1) || $0 == .unlogged(.transaction(1)) }, "\(report.findings)")
    }

    @Test func theFairTransactionIsTaken() throws {
        let temporary = try TemporaryStore()
        try Self.open(temporary.store)
        try temporary.store.write { db in try db.execute(sql: Self.fair + Self.seal(2)) }
        #expect(try Self.contents(temporary.store).last == "txn 2 t2")
    }

    static func open(_ store: Store) throws {
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO account (id, path, currency) VALUES (1, 'assets:bank', 'USD'),
                        (2, 'liabilities:buyer:b:prepaid', 'USD'), (3, 'revenue:operations', 'USD'), (4, 'assets:bank', 'EUR'),
                        (5, 'liabilities:acquisition-fund', 'USD');
                    """ + posting(1, 0, 1, "5") + posting(1, 1, 2, "-5") + seal(1, id: "t1", key: "k1"))
        }
    }

    static func contents(_ store: Store) throws -> [String] {
        try store.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT 'account ' || id || ' ' || path || ' ' || balance FROM account
                    UNION ALL SELECT 'posting ' || txn || ' ' || n || ' ' || account || ' ' || amount FROM posting
                    UNION ALL SELECT 'txn ' || sequence || ' ' || id || description FROM txn
                    """)
        }
    }
}
