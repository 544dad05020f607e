import Domain
import Foundation
import GRDB
import Ledger

/// Recomputes the books from their postings and compares. Nothing it reads is believed: damage is a finding, not a stop.
struct BooksVerifier {
    private static let pageLength = 500

    let books: Books
    private var report = VerificationReport()
    /// Leaves of the log by sequence, as the transactions give them now.
    private var leaves: [Int64: [UInt8]] = [:]

    init(_ books: Books) { self.books = books }

    mutating func run() -> VerificationReport {
        attempt { try $0.checkFile() }
        attempt { try $0.checkReferences() }
        attempt { try $0.checkRules() }
        attempt { try $0.checkBalances() }
        attempt { try $0.checkSeals() }
        attempt { try $0.checkLog() }
        attempt { try $0.checkTransparency() }
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

    private mutating func checkRules() throws { report.findings += try SchemaVerifier.findings(in: books.db) }

    /// Every balance is the sum of its postings, and no floor is crossed. Sums are taken in 128 bits.
    private mutating func checkBalances() throws {
        var sums: [Int64: Int128] = [:]
        var last: [Int64: Int64] = [:]
        let postings = try Row.fetchCursor(books.db, sql: "SELECT account, amount, txn FROM posting NOT INDEXED")
        while let row = try postings.next() {
            let account: Int64 = try row.value("account")
            sums[account, default: 0] += Int128(try row.value("amount") as Int64)
            last[account] = max(last[account] ?? 0, try row.value("txn"))
            report.postingCount += 1
        }
        let accounts = try Row.fetchCursor(books.db, sql: "SELECT id, path, currency, balance, last_txn FROM account NOT INDEXED")
        while let row = try accounts.next() {
            let id: Int64 = try row.value("id")
            try checkBalance(row, sum: sums[id] ?? 0, last: last[id])
            report.accountCount += 1
        }
    }

    private mutating func checkBalance(_ row: Row, sum: Int128, last: Int64?) throws {
        let name = "\(try row.value("path") as String) \(try row.value("currency") as String)"
        guard let account = try? Books.account(row) else {
            report.findings.append(.strangeAccount(name))
            return
        }
        let kept: Int64 = try row.value("balance")
        if Int128(kept) != sum { report.findings.append(.wrongBalance(account: name, kept: kept, sum: sum)) }
        if try row.optionalValue("last_txn") != last {
            report.findings.append(.disagreement("account \(name) names another last posting"))
        }
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
        let secret = try Log(books.db).secret()
        var expected: Int64 = 1
        var page: [Row] = []
        repeat {
            page = try Row.fetchAll(
                books.db, sql: "SELECT * FROM txn NOT INDEXED WHERE sequence >= ? ORDER BY sequence LIMIT ?",
                arguments: [expected, Self.pageLength])
            for row in page {
                let sequence: Int64 = try row.value("sequence")
                if sequence != expected { report.findings.append(.gap(sequence: expected)) }
                try check(row, at: sequence, secret: secret)
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
        var facts = FactsVerifier(books.db)
        defer { report.findings += facts.findings }
        try facts.run()
    }

    /// The log is the tree of all transactions and audit entries, and every head that was signed is a root of it.
    private mutating func checkTransparency() throws {
        var log = LogVerifier(books.db, transactions: leaves)
        defer {
            report.findings += log.findings
            report.leafCount = Int(log.leafCount)
        }
        try log.run()
    }

    private mutating func check(_ row: Row, at sequence: Int64, secret: [UInt8]) throws {
        do {
            let logged = try books.logged(row)
            leaves[sequence] = TransactionLeaf(logged.transaction, secret: secret).hash
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
