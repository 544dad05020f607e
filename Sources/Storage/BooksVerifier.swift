import Domain
import Foundation
import GRDB
import Ledger

/// Recomputes the books from their postings and compares. Nothing it reads is believed: damage is a finding, not a stop.
struct BooksVerifier {
    private static let pageLength = 500

    private static let rules = [
        "account_is_kept", "account_is_never_deleted", "account_opens_empty", "balance_follows_postings",
        "posting_comes_before_its_seal", "posting_is_kept", "posting_is_never_deleted", "posting_moves_balance",
        "txn_is_kept", "txn_is_never_deleted", "txn_seals_a_balance",
    ]

    let books: Books
    private var report = VerificationReport()

    init(_ books: Books) { self.books = books }

    mutating func run() -> VerificationReport {
        attempt { try $0.checkFile() }
        attempt { try $0.checkReferences() }
        attempt { try $0.checkRules() }
        attempt { try $0.checkBalances() }
        attempt { try $0.checkSeals() }
        attempt { try $0.checkLog() }
        attempt { try $0.checkFacts() }
        return report
    }

    private mutating func attempt(_ check: (inout Self) throws -> Void) {
        do {
            try check(&self)
        } catch {
            report.findings.append(.unreadable("\(error)"))
        }
    }

    private mutating func checkFile() throws {
        let messages = try String.fetchAll(books.db, sql: "PRAGMA integrity_check")
        report.findings += messages.filter { $0 != "ok" }.map { .file($0) }
    }

    private mutating func checkReferences() throws {
        for row in try Row.fetchAll(books.db, sql: "PRAGMA foreign_key_check") {
            report.findings.append(.brokenReference(table: try row.value("table"), to: try row.value("parent")))
        }
    }

    private mutating func checkRules() throws {
        let present = Set(try String.fetchAll(books.db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
        report.findings += Self.rules.filter { !present.contains($0) }.map { .ruleMissing($0) }
    }

    /// Every balance is the sum of its postings, and no floor is crossed. Sums are taken in 128 bits.
    private mutating func checkBalances() throws {
        var sums: [Int64: Int128] = [:]
        let postings = try Row.fetchCursor(books.db, sql: "SELECT account, amount FROM posting NOT INDEXED")
        while let row = try postings.next() {
            sums[try row.value("account"), default: 0] += Int128(try row.value("amount") as Int64)
            report.postingCount += 1
        }
        let accounts = try Row.fetchCursor(books.db, sql: "SELECT id, path, currency, balance FROM account NOT INDEXED")
        while let row = try accounts.next() {
            try checkBalance(row, sum: sums[try row.value("id")] ?? 0)
            report.accountCount += 1
        }
    }

    private mutating func checkBalance(_ row: Row, sum: Int128) throws {
        let name = "\(try row.value("path") as String) \(try row.value("currency") as String)"
        guard let account = try? Books.account(row) else {
            report.findings.append(.strangeAccount(name))
            return
        }
        let kept: Int64 = try row.value("balance")
        if Int128(kept) != sum { report.findings.append(.wrongBalance(account: name, kept: kept, sum: sum)) }
        if account.hasFloor, sum > 0 { report.findings.append(.belowFloor(account: name, balance: sum)) }
    }

    private mutating func checkSeals() throws {
        let unsealed = try Row.fetchAll(
            books.db,
            sql: """
                SELECT DISTINCT txn FROM posting NOT INDEXED
                WHERE NOT EXISTS (SELECT 1 FROM txn WHERE sequence = posting.txn) LIMIT 1000
                """)
        report.findings += try unsealed.map { .unsealed(sequence: try $0.value("txn")) }
        let moved = try Row.fetchAll(
            books.db,
            sql: """
                SELECT DISTINCT posting.txn FROM posting NOT INDEXED JOIN txn ON txn.sequence = posting.txn
                WHERE posting.occurred_at <> txn.occurred_at LIMIT 1000
                """)
        report.findings += try moved.map { .wrongTime(sequence: try $0.value("txn")) }
    }

    /// The log has no gaps, and every transaction is valid and what it was when it was sealed.
    private mutating func checkLog() throws {
        var expected: Int64 = 1
        var page: [Row] = []
        repeat {
            page = try Row.fetchAll(
                books.db, sql: "SELECT * FROM txn NOT INDEXED WHERE sequence >= ? ORDER BY sequence LIMIT ?",
                arguments: [expected, Self.pageLength])
            for row in page {
                let sequence: Int64 = try row.value("sequence")
                if sequence != expected { report.findings.append(.gap(sequence: expected)) }
                try check(row, at: sequence)
                guard sequence < .max else { return }
                expected = sequence + 1
                report.transactionCount += 1
            }
        } while page.count == Self.pageLength
    }

    /// What recordings and licences say they paid is what their transactions moved.
    private mutating func checkFacts() throws {
        for fact in BookedFact.all {
            for row in try Row.fetchAll(books.db, sql: fact.sql) {
                let values = row.databaseValues.map { "\($0)" }.joined(separator: ", ")
                report.findings.append(.disagreement("\(fact.finding): \(values)"))
            }
        }
    }

    private mutating func check(_ row: Row, at sequence: Int64) throws {
        do {
            let logged = try books.logged(row)
            if Data(logged.transaction.leafHash) != (try row.value("leaf")) {
                report.findings.append(.changed(sequence: sequence))
            }
        } catch StorageError.corrupt(let message) {
            report.findings.append(.invalid(sequence: sequence, message))
        }
    }
}

extension Books {
    /// Recomputes everything that is kept and names whatever differs. Reads the whole file: minutes for millions of rows.
    public func verify() -> VerificationReport {
        var verifier = BooksVerifier(self)
        return verifier.run()
    }
}
