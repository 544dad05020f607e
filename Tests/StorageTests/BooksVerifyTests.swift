import Domain
import Foundation
import GRDB
import Ledger
import Testing

@testable import Storage

/// What verification must find when somebody writes past the schema's rules.
struct BooksVerifyTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        let findings: [VerificationReport.Finding]
        var testDescription: String { name }
    }

    static let account = "liabilities:buyer:b:prepaid USD"

    static let damages: [Damage] = [
        .init(
            name: "a forged balance", sql: "UPDATE account SET balance = balance - 1 WHERE path = 'liabilities:buyer:b:prepaid'",
            findings: [.wrongBalance(account: account, kept: -6_000_001, sum: -6_000_000)]),
        .init(
            name: "a changed amount", sql: "UPDATE posting SET amount = amount - 1 WHERE txn = 2 AND amount < 0",
            findings: [
                .wrongBalance(account: account, kept: -6_000_000, sum: -6_000_001),
                .invalid(sequence: 2, "transaction txn_2: unbalanced(by: -1)"),
            ]),
        .init(
            name: "two changed amounts that balance",
            sql:
                "UPDATE posting SET amount = 2 * amount WHERE txn = 2; UPDATE account SET balance = 4 * balance / 3 WHERE id < 3",
            findings: [.changed(sequence: 2), .wrongLeaf(position: 1)]),
        .init(
            name: "a changed text", sql: "UPDATE txn SET description = 'Deposit.' WHERE sequence = 2",
            findings: [.changed(sequence: 2), .wrongLeaf(position: 1)]),
        .init(
            name: "a changed seal", sql: "UPDATE txn SET leaf = zeroblob(32) WHERE sequence = 3",
            findings: [.changed(sequence: 3)]),
        .init(
            name: "a changed time", sql: "UPDATE posting SET occurred_at = 8 WHERE txn = 1 AND n = 0",
            findings: [.wrongTime(sequence: 1)]),
        .init(
            name: "an unknown kind", sql: "UPDATE txn SET kind = 'gift' WHERE sequence = 1",
            findings: [.invalid(sequence: 1, "gift is no kind of transaction")]),
        .init(
            name: "a missing transaction", sql: "DELETE FROM txn WHERE sequence = 2",
            findings: [
                .brokenReference(table: "posting", to: "txn"), .brokenReference(table: "posting", to: "txn"),
                .brokenReference(table: "log_leaf", to: "txn"), .unsealed(sequence: 2), .gap(sequence: 2),
            ]),
        .init(
            name: "an account outside the chart", sql: "UPDATE account SET path = 'assets:pocket' WHERE path = 'assets:bank'",
            findings: [.strangeAccount("assets:pocket USD")]
                + (1...3).map { .invalid(sequence: $0, "account assets:pocket is not of the chart") }),
        .init(
            name: "an overdrawn floor", sql: "UPDATE account SET path = 'liabilities:bounty:b' WHERE path = 'assets:bank'",
            findings: [.belowFloor(account: "liabilities:bounty:b USD", balance: 6_000_000)]
                + (1...3).flatMap { [.changed(sequence: $0), .wrongLeaf(position: $0 - 1)] }),
        .init(
            name: "a value of another type", sql: "UPDATE posting SET amount = 'much' WHERE txn = 2 AND n = 0",
            findings: [
                .file("non-INTEGER value in posting.amount"),
                .unreadable("the database is damaged: column amount holds \"much\""),
                .invalid(sequence: 2, "column amount holds \"much\""),
            ]),
        .init(
            name: "a deposit that says more than was booked",
            sql: """
                INSERT INTO deposit (id, buyer, currency, amount, reference, admin, entry, created_at)
                VALUES ('dep_1', 'b', 'USD', 1000000, '', '', 'txn_1', 7), ('dep_2', 'b', 'USD', 2000001, '', '', 'txn_2', 7);
                INSERT INTO buyer (id, name, created_at) VALUES ('b', 'B', 7)
                """,
            findings: [
                .disagreement("deposit that differs from its transaction (deposit, amount): \"dep_2\", 2000001"),
                .changedRows(table: "buyer", expected: 0, found: 1), .changedRows(table: "deposit", expected: 0, found: 2),
            ]),
        .init(
            name: "a licence that says less than it took",
            sql: """
                INSERT INTO licence (id, buyer, snapshot, rate_card, model_name, purpose, use_context, term, currency, fee,
                    royalties, reviewers, acquisition_fund, operations, entry, starts_at)
                VALUES ('lic_1', 'b', 's', 1, 'm', 'p', 'u', 't', 'USD', 10, 10, 0, 0, 0, 'txn_1', 7);
                INSERT INTO royalty (licence, recording, contributor, weight, amount) VALUES ('lic_1', 'r', 'c', 1, 9)
                """,
            findings: [
                .brokenReference(table: "licence", to: "rate_card"), .brokenReference(table: "licence", to: "snapshot"),
                .brokenReference(table: "licence", to: "buyer"), .brokenReference(table: "royalty", to: "contributor"),
                .brokenReference(table: "royalty", to: "recording"),
                .disagreement("licence whose fee differs from its transaction (licence, fee): \"lic_1\", 10"),
                .disagreement("licence whose royalties do not add up (licence, royalties): \"lic_1\", 10"),
                .disagreement(
                    "royalties that were not credited as they are (licence, contributor, royalties): \"lic_1\", \"c\", 9"),
                .disagreement("licence \"lic_1\" is not what was signed, hashed or computed"),
                .changedRows(table: "licence", expected: 0, found: 1), .changedRows(table: "royalty", expected: 0, found: 1),
            ]),
        .init(
            name: "a changed place of an account",
            sql: "UPDATE account SET last_txn = 2 WHERE path = 'assets:bank'",
            findings: [.disagreement("account assets:bank USD names another last posting")]),
        .init(
            name: "a rule that is gone", sql: "DROP TRIGGER txn_seals_a_balance",
            findings: [.ruleMissing("txn_seals_a_balance")]),
    ]

    @Test func soundBooksHaveNoFindings() throws {
        let temporary = try Self.books()
        let report = try temporary.store.read { db in Books(db).verify() }
        #expect(report.isSound, "\(report.findings)")
        #expect(report.transactionCount == 3 && report.postingCount == 6 && report.accountCount == 2)
    }

    @Test(arguments: damages)
    func isNamed(_ damage: Damage) throws {
        let temporary = try Self.books()
        try Self.force(damage.sql, on: temporary)
        let report = try temporary.store.read { db in Books(db).verify() }
        #expect(Set(report.findings) == Set(damage.findings))
        #expect(report.findings.count == damage.findings.count)
        for finding in report.findings { #expect(!finding.description.isEmpty) }
    }

    static func books() throws -> TemporaryStore {
        let temporary = try TemporaryStore()
        try temporary.store.write { db in
            for number in 1...3 {
                try Books(db).post(
                    Entries.buyerDeposit(
                        "dep_\(number)", buyer: "b", amount: Money(micros: Int64(number) * 1_000_000, currency: .usd),
                        on: Occasion(id: "txn_\(number)", at: Timestamp(milliseconds: 7))))
            }
        }
        return temporary
    }

    /// Does it on a connection without foreign keys, type checks and triggers, and puts the triggers back.
    static func force(_ sql: String, on temporary: TemporaryStore) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let path = temporary.folder.appending(path: "fairvoice.sqlite3").path
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            let triggers = try Row.fetchAll(
                db,
                sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('account', 'posting', 'txn')")
            let isAboutTriggers = sql.hasPrefix("DROP TRIGGER")
            if !isAboutTriggers {
                for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            }
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: sql.contains("'much'") ? Self.untyped(sql) : sql)
            if !isAboutTriggers {
                for trigger in triggers { try db.execute(sql: trigger["sql"]) }
            }
        }
        try queue.close()
    }

    /// STRICT stands in the schema's text only: without it the value goes in.
    private static func untyped(_ sql: String) -> String {
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, WITHOUT ROWID', 'WITHOUT ROWID') WHERE name = 'posting';
        PRAGMA writable_schema = RESET;
        \(sql);
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, 'WITHOUT ROWID', 'STRICT, WITHOUT ROWID') WHERE name = 'posting';
        PRAGMA writable_schema = RESET;
        """
    }
}
