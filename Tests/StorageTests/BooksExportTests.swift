import Domain
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Storage

struct BooksExportTests {
    static let hledger = ["/usr/bin/hledger", "/usr/local/bin/hledger"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Random books of a few hundred transactions, and one in a currency of its own.
    static func books() throws -> TemporaryStore {
        let temporary = try TemporaryStore()
        var commands = LedgerCommands(seed: 0x5EED_3333)
        var model = LedgerModel()
        try temporary.store.write { db in
            _ = try BooksModelTests.run(&commands, on: Books(db), and: &model)
            try Books(db).post(
                Entries.buyerDeposit(
                    "dep_yen", buyer: "b", amount: Money(micros: 5_000_000, currency: Currency(code: "JPY")!),
                    on: Occasion(id: "txn_yen", at: Timestamp(milliseconds: 1_800_000_000_000))))
        }
        return temporary
    }

    static func journal(_ store: Store, _ format: JournalFormat) throws -> String {
        try store.read { db in
            var text = ""
            try Books(db).export(format) { text += $0 }
            return text
        }
    }

    @Test(arguments: JournalFormat.allCases)
    func theSameLogGivesTheSameBytes(_ format: JournalFormat) throws {
        let one = try Self.books()
        let other = try Self.books()
        let journal = try Self.journal(one.store, format)
        #expect(try Self.journal(other.store, format) == journal)
        #expect(journal.utf8.count > 50_000)
    }

    @Test(.enabled(if: hledger != nil, "hledger is not installed"))
    func hledgerAgreesWithEveryBalance() throws {
        let temporary = try Self.books()
        let path = temporary.folder.appending(path: "books.journal").path
        try Self.journal(temporary.store, .hledger).write(toFile: path, atomically: true, encoding: .utf8)
        let check = try Self.run(["-f", path, "check", "-s"])
        #expect(check.status == 0, "\(check.output)")

        let balances = try Self.run(["-f", path, "balance", "-O", "csv", "--flat", "--no-total", "-E", "--layout=bare"])
        let lines = balances.output.split(separator: "\n").dropFirst().map { String($0).replacing("\"", with: "") }
        let kept = try temporary.store.read { db in try Books(db).trialBalance() }
        let expected = kept.map { "\($0.account.path.text),\($0.account.currency.code),\($0.balance.decimal)" }
        let zero = ",0.000000"
        #expect(Set(lines.filter { !$0.hasSuffix(zero) }) == Set(expected.filter { !$0.hasSuffix(zero) }))
        #expect(expected.count > 30)
    }

    @Test(.enabled(if: hledger != nil, "hledger is not installed"))
    func hledgerRefusesABrokenJournal() throws {
        let temporary = try Self.books()
        let path = temporary.folder.appending(path: "books.journal").path
        let journal = try Self.journal(temporary.store, .hledger)
        for broken in [journal.replacing("-0", with: "-1"), journal.replacing("account assets:bank\n", with: "")] {
            try broken.write(toFile: path, atomically: true, encoding: .utf8)
            let check = try Self.run(["-f", path, "check", "-s"])
            #expect(check.status != 0)
        }
    }

    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let (output, error, code) = try Child.run(hledger!, arguments, environment: ["LC_ALL": "C.UTF-8"])
        return (code, output + error)
    }
}
