import Domain
import Ledger
import Testing

struct TransactionTests {
    static func transaction(
        _ postings: [Posting], id: String = "txn_1", description: String = "A test", key: String = "key",
        metadata: [String: String] = [:]
    ) throws(LedgerError) -> Transaction {
        try Transaction(
            id: id, kind: .buyerDeposit, occurredAt: Timestamp(milliseconds: 0), description: description, postings: postings,
            idempotencyKey: key, metadata: metadata)
    }

    static let bank = Account(.bank, .usd)
    static let prepaid = Account(.prepaid(buyer: "buy_1"), .usd)

    @Test func whatDoesNotBalanceCannotBeHeld() {
        #expect(throws: LedgerError.unbalanced(by: 1)) {
            try Self.transaction([Posting(Self.bank, amount: 3), Posting(Self.prepaid, amount: -2)])
        }
        #expect(throws: LedgerError.tooFewPostings(0)) { try Self.transaction([]) }
        #expect(throws: LedgerError.tooFewPostings(1)) { try Self.transaction([Posting(Self.bank, amount: 1)]) }
        #expect(throws: LedgerError.zeroPosting(Self.bank)) {
            try Self.transaction([Posting(Self.bank, amount: 0), Posting(Self.prepaid, amount: 0)])
        }
        #expect(throws: LedgerError.mixedCurrencies) {
            let euros = Account(.bank, Currency(code: "EUR")!)
            return try Self.transaction([Posting(Self.bank, amount: 1), Posting(euros, amount: -1)])
        }
    }

    @Test func aSumBeyond64BitsIsStillExact() {
        let legs = [Int64.max, .max, 2].map { Posting(Self.bank, amount: $0) }
        #expect(throws: LedgerError.unbalanced(by: 1 << 64)) { try Self.transaction(legs) }
    }

    @Test func wordsThatNoJournalCouldCarryAreRefused() {
        let legs = [Posting(Self.bank, amount: 1), Posting(Self.prepaid, amount: -1)]
        #expect(throws: LedgerError.malformed("id")) { try Self.transaction(legs, id: "a b") }
        #expect(throws: LedgerError.malformed("idempotency key")) { try Self.transaction(legs, key: "") }
        #expect(throws: LedgerError.malformed("description")) { try Self.transaction(legs, description: "a\nb") }
        #expect(throws: LedgerError.malformed("metadata Key")) { try Self.transaction(legs, metadata: ["Key": "v"]) }
        #expect(throws: LedgerError.malformed("metadata key")) { try Self.transaction(legs, metadata: ["key": "v\r"]) }
        let bad = Account(.prepaid(buyer: "a:b"), .usd)
        #expect(throws: LedgerError.malformed("liabilities:buyer:a:b:prepaid")) {
            try Self.transaction([Posting(Self.bank, amount: 1), Posting(bad, amount: -1)])
        }
    }
}
