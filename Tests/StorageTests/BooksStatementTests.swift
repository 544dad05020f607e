import Domain
import Ledger
import Testing

@testable import Storage

struct BooksStatementTests {
    let temporary = try! TemporaryStore()
    var store: Store { temporary.store }
    static let prepaid = Account(.prepaid(buyer: "b"), .usd)

    static func moment(_ day: Int64) -> Timestamp { Timestamp(milliseconds: day * 86_400_000) }

    /// Deposits of 1, 2, … micros on days 1, 2, …, entered in another order than they happened.
    func deposit(days: [Int64]) throws {
        try store.write { db in
            for day in days {
                try Books(db).post(
                    Entries.buyerDeposit(
                        "dep_\(day)", buyer: "b", amount: Money(micros: day, currency: .usd),
                        on: Occasion(id: "txn_\(day)", at: Self.moment(day))))
            }
        }
    }

    @Test func linesStandByTimeWithTheBalanceAfterEach() throws {
        try deposit(days: [1, 2, 5, 4, 3])
        let statement = try store.read { db in try Books(db).statement(of: Self.prepaid, limit: 10) }
        #expect(statement.opening.micros == 0 && statement.next == nil)
        #expect(statement.lines.map(\.transaction) == ["txn_1", "txn_2", "txn_3", "txn_4", "txn_5"])
        #expect(statement.lines.map(\.sequence) == [1, 2, 5, 4, 3])
        #expect(statement.lines.map(\.amount.micros) == [-1, -2, -3, -4, -5])
        #expect(statement.lines.map(\.balance.micros) == [-1, -3, -6, -10, -15])
        #expect(statement.lines[0].kind == .buyerDeposit && statement.lines[0].metadata == ["deposit": "dep_1"])
        #expect(statement.closing.micros == -15)
    }

    @Test func aPeriodBeginsWithItsFirstMomentAndEndsBeforeItsLast() throws {
        try deposit(days: [1, 2, 3, 4, 5])
        let statement = try store.read { db in
            try Books(db).statement(of: Self.prepaid, from: Self.moment(2), to: Self.moment(4), limit: 10)
        }
        #expect(statement.opening.micros == -1)
        #expect(statement.lines.map(\.amount.micros) == [-2, -3])
        #expect(statement.closing.micros == -6)
    }

    @Test func pagesJoinWithoutGapOrDouble() throws {
        try deposit(days: Array(1...23))
        var lines: [Books.Line] = []
        var cursor: Books.Cursor?
        repeat {
            let page = try store.read { db in try Books(db).statement(of: Self.prepaid, after: cursor, limit: 5) }
            #expect(page.opening.micros == lines.last?.balance.micros ?? 0)
            lines += page.lines
            cursor = page.next.flatMap { Books.Cursor($0.text) }
        } while cursor != nil
        #expect(lines.map(\.amount.micros) == (1...23).map { -$0 })
    }

    @Test func aCursorIsReadAsItIsWritten() {
        #expect(Books.Cursor("17.2.0")?.text == "17.2.0")
        for text in ["", "1.2", "1.2.3.4", "a.b.c", "01.2.3", "+1.2.3", "1.2.3 "] {
            #expect(Books.Cursor(text) == nil, "\(text)")
        }
    }

    @Test func anyPastStateCanBeShown() throws {
        try deposit(days: [1, 2, 3])
        let past = try store.read { db in
            try [0, 1, 2, 3, 9].map { try Books(db).balance(of: Self.prepaid, at: Self.moment($0)).micros }
        }
        #expect(past == [0, -1, -3, -6, -6])
    }

    @Test func anAccountThatNeverMovedHasAnEmptyStatement() throws {
        let statement = try store.read { db in try Books(db).statement(of: Self.prepaid, limit: 5) }
        #expect(statement.lines.isEmpty && statement.closing.micros == 0 && statement.next == nil)
    }

    @Test func theLogReadsBackWhatWasPosted() throws {
        try deposit(days: [1, 2, 3])
        let wrong = try store.read { db in try Books(db).transaction(id: "txn_2")! }
        #expect(wrong.sequence == 2)
        let right = try Entries.correction(
            of: wrong.transaction, reason: "Wrong buyer", on: Occasion(id: "txn_9", at: Self.moment(9)))
        try store.write { db in _ = try Books(db).post(right) }
        try store.read { db in
            let books = Books(db)
            let first = try books.transactions(limit: 3)
            let rest = try books.transactions(after: 3, limit: 3)
            let newest = try books.newestTransactions(limit: 2)
            let byKey = try books.transaction(idempotencyKey: "correction:txn_2")
            let none = try books.transaction(id: "txn_7")
            #expect(first.rows.map(\.sequence) == [1, 2, 3] && first.hasMore)
            #expect(rest.rows.map(\.transaction) == [right] && !rest.hasMore)
            #expect(newest.rows.map(\.sequence) == [4, 3] && newest.hasMore)
            #expect(byKey?.transaction == right && none == nil)
        }
    }
}
