import Domain
import Ledger
import TestSupport
import Testing

@testable import Storage

struct BooksModelTests {
    struct PowerCut: Error {}

    static let commandCount = 25_000
    static let batch = 500

    /// Four seeded runs of the books beside the model, 100,000 commands together: the same answer to every command, the same
    /// balances after every commit, and nothing of a batch that was rolled back.
    @Test(arguments: [0x5EED_0001, 0x5EED_0002, 0x5EED_0003, 0x5EED_0004] as [UInt64])
    func theBooksSayWhatTheModelSays(seed: UInt64) throws {
        let temporary = try TemporaryStore()
        var commands = LedgerCommands(seed: seed)
        var chance = SeededRandom(seed: ~seed)
        var model = LedgerModel()
        var refusals = 0
        for _ in 0..<(Self.commandCount / Self.batch) {
            var next = model
            let isCut = Int.random(in: 0..<10, using: &chance) == 0
            do {
                try temporary.store.write { db in
                    refusals += try Self.run(&commands, on: Books(db), and: &next)
                    if isCut { throw PowerCut() }
                }
                model = next
            } catch is PowerCut {}
            try Self.expectSame(temporary.store, model)
        }
        let report = try temporary.store.read { db in Books(db).verify() }
        #expect(report.isSound, "\(report.findings)")
        #expect(report.transactionCount == model.transactionCount)
        #expect(refusals > 2_000 && model.transactionCount > 12_000)
        #expect(model.balances.values.reduce(0, +) == 0)
    }

    /// Posts one batch to both and counts what was refused.
    static func run(_ commands: inout LedgerCommands, on books: Books, and model: inout LedgerModel) throws -> Int {
        var refusals = 0
        for _ in 0..<batch {
            let transaction = try commands.next(model)
            var expected: LedgerError?
            do { try model.post(transaction) } catch { expected = error }
            var answer: LedgerError?
            do { try books.post(transaction) } catch let error as LedgerError { answer = error }
            if answer != expected {
                Issue.record("\(transaction): the books say \(String(describing: answer)), not \(String(describing: expected))")
            }
            if expected != nil { refusals += 1 }
        }
        return refusals
    }

    static func expectSame(_ store: Store, _ model: LedgerModel) throws {
        let kept = try store.read { db in try Books(db).trialBalance() }
        let balances = Dictionary(uniqueKeysWithValues: kept.map { ($0.account, $0.balance.micros) })
        #expect(balances == model.balances)
        #expect(kept.allSatisfy { !$0.account.hasFloor || $0.balance.micros <= 0 })
    }
}
