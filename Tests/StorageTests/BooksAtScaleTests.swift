import Domain
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Storage

/// Random books of any size, left in a folder with their journals, so that other programs can add them up: `make books`.
struct BooksAtScaleTests {
    static let environment = ProcessInfo.processInfo.environment
    static let count = environment["FAIRVOICE_BOOKS_COUNT"].flatMap { Int($0) }

    /// Posts so many transactions through the books beside the model, verifies them, and writes `books.journal`,
    /// `books.beancount` and `balances.csv` into `FAIRVOICE_BOOKS_FOLDER`.
    @Test(.enabled(if: count != nil, "FAIRVOICE_BOOKS_COUNT is not set; make books sets it"))
    func randomBooksStayWhole() throws {
        let count = try #require(Self.count)
        let seed = Self.environment["FAIRVOICE_BOOKS_SEED"].flatMap { UInt64($0) } ?? 0x5EED_B00C
        let folder = try #require(Self.environment["FAIRVOICE_BOOKS_FOLDER"])
        let temporary = try TemporaryStore()
        var commands = LedgerCommands(seed: seed)
        var model = LedgerModel()
        var refusals = 0
        var floorBreaches = 0
        while model.transactionCount < count {
            try temporary.store.write { db in
                for _ in 0..<10 { refusals += try BooksModelTests.run(&commands, on: Books(db), and: &model) }
                // What no trigger may have let through, after every commit of 5,000 commands.
                floorBreaches += try Books(db).trialBalance().count { $0.account.hasFloor && $0.balance.micros > 0 }
            }
        }
        try BooksModelTests.expectSame(temporary.store, model)
        let report = try temporary.store.read { db in Books(db).verify() }
        #expect(report.isSound, "\(report.findings.prefix(10))")
        #expect(report.transactionCount == model.transactionCount && floorBreaches == 0)
        for (format, name) in [(JournalFormat.hledger, "books.journal"), (.beancount, "books.beancount")] {
            try Self.write(to: "\(folder)/\(name)") { write in
                try temporary.store.read { db in try Books(db).export(format, to: write) }
            }
        }
        try Self.write(to: "\(folder)/balances.csv") { write in
            for (account, balance) in try temporary.store.read({ db in try Books(db).trialBalance() }) {
                try write("\(account.path.text),\(account.currency.code),\(balance.decimal)\n")
            }
        }
        print(
            "seed \(seed): \(report.transactionCount) transactions, \(report.postingCount) postings, \(report.accountCount) accounts, "
                + "\(refusals) refused, \(report.findings.count) findings, \(floorBreaches) floor breaches")
    }

    private static func write(to path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: path))
        try body { try file.write(contentsOf: Data($0.utf8)) }
        try file.close()
    }
}
