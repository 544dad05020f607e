import Domain
import Ledger
import Storage
import Testing

struct BooksPostTests {
    let temporary = try! TemporaryStore()
    var store: Store { temporary.store }

    static func deposit(_ id: String, _ micros: Int64, currency: Currency = .usd, key: String? = nil) throws -> Transaction {
        try Transaction(
            id: id, kind: .buyerDeposit, occurredAt: Timestamp(milliseconds: 1_000), description: "Deposit",
            postings: [
                .debit(.bank, Money(micros: micros, currency: currency)),
                .credit(.prepaid(buyer: "buy_1"), Money(micros: micros, currency: currency)),
            ], idempotencyKey: key ?? id)
    }

    static func licence(_ id: String, _ micros: Int64) throws -> Transaction {
        try Transaction(
            id: id, kind: .licenceGranted, occurredAt: Timestamp(milliseconds: 2_000), description: "Licence",
            postings: [
                .debit(.prepaid(buyer: "buy_1"), Money(micros: micros, currency: .usd)),
                .credit(.available(contributor: "ctr_1"), Money(micros: micros, currency: .usd)),
            ], idempotencyKey: id)
    }

    func funds(_ path: AccountPath) throws -> String {
        try store.read { db in try Books(db).funds(in: Account(path, .usd)).decimal }
    }

    @Test func aTransactionMovesItsBalances() throws {
        let places = try store.write { db in
            [try Books(db).post(Self.deposit("txn_1", 5_000_000)), try Books(db).post(Self.licence("txn_2", 2_000_000))]
        }
        #expect(places == [1, 2])
        #expect(try funds(.prepaid(buyer: "buy_1")) == "3.000000")
        #expect(try funds(.available(contributor: "ctr_1")) == "2.000000")
        #expect(try funds(.bank) == "-5.000000")
        #expect(try funds(.acquisitionFund) == "0.000000")
        let balances = try store.read { db in try Books(db).trialBalance() }
        #expect(
            balances.map(\.account.path.text) == [
                "assets:bank", "liabilities:buyer:buy_1:prepaid", "liabilities:contributor:ctr_1:available",
            ])
        #expect(balances.map(\.balance.micros) == [5_000_000, -3_000_000, -2_000_000])
    }

    @Test func aRefusedTransactionLeavesNothingBehindAndTheWriteGoesOn() throws {
        try store.write { db in
            let books = Books(db)
            try books.post(Self.deposit("txn_1", 1_000_000))
            #expect(throws: LedgerError.insufficientFunds(Account(.prepaid(buyer: "buy_1"), .usd))) {
                try books.post(Self.licence("txn_2", 1_000_001))
            }
            #expect(throws: LedgerError.duplicate(idempotencyKey: "txn_1")) {
                try books.post(Self.deposit("txn_3", 1_000_000, key: "txn_1"))
            }
            #expect(throws: LedgerError.duplicateID("txn_1")) {
                try books.post(Self.deposit("txn_1", 1_000_000, key: "other"))
            }
            #expect(throws: LedgerError.overflow(Account(.prepaid(buyer: "buy_1"), .usd))) {
                try books.post(Self.deposit("txn_5", .max))
            }
            try books.post(Self.licence("txn_4", 1_000_000))
        }
        #expect(try funds(.available(contributor: "ctr_1")) == "1.000000")
        #expect(try funds(.prepaid(buyer: "buy_1")) == "0.000000")
    }
}
