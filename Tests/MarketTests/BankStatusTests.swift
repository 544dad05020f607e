import Domain
import JSON
import Ledger
import Market
import Storage
import Testing

@Suite struct BankStatusTests {
    let place: TemporaryMarket
    let payouts: [Payout]
    let batch: PayoutBatch
    let ada: ID<Contributor>

    init() throws {
        place = try TemporaryMarket()
        ada = try place.signUp(PayoutTests.paypal)
        try place.earn(100_000_000, ada)
        var payouts: [Payout] = []
        for _ in 0..<4 { payouts.append(try place.request(ada, Money(decimal: "10", currency: .usd))) }
        self.payouts = payouts
        batch = try place.send()
    }

    private func enter(_ statuses: [BankStatus]) throws {
        _ = try place.write { db, now in
            try place.market.enterBankStatuses(statuses, of: batch.id, by: place.admins[0], at: now, in: db)
        }
    }

    private func statuses() throws -> [Payout.Status] { try payouts.map { try place.payout($0.id).status } }

    @Test func `a list is entered once, however often it is sent`() throws {
        let list = [
            BankStatus(payout: payouts[0].id, word: .accepted), BankStatus(payout: payouts[0].id, word: .settled, fee: 100_000),
            BankStatus(payout: payouts[1].id, word: .rejected, reason: "AC01"),
            BankStatus(payout: payouts[2].id, word: .settled), BankStatus(payout: payouts[2].id, word: .returned, reason: "AC04"),
            BankStatus(payout: payouts[3].id, word: .accepted),
        ]
        for _ in 0..<3 {
            try enter(list)
            #expect(try statuses() == [.settled, .failed, .returned, .sent])
            #expect(try place.payout(payouts[3].id).isAccepted)
            #expect(try place.funds(.payoutsInTransit) == 10_000_000)
            #expect(try place.funds(.available(contributor: ada.text)) == 80_000_000)
            #expect(try place.funds(.bank) == 10_100_000)
        }
        #expect(try place.verify().isEmpty)
    }

    @Test func `one bad item and nothing is entered, with every bad item named`() throws {
        try enter([BankStatus(payout: payouts[1].id, word: .settled, fee: 100_000)])
        let stranger = ID<Payout>("pay_01HZZZZZZZZZZZZZZZZZZZZZZZ")!
        let list = [
            BankStatus(payout: payouts[0].id, word: .settled), BankStatus(payout: stranger, word: .settled),
            BankStatus(payout: payouts[1].id, word: .rejected, reason: "AC01"),
            BankStatus(payout: payouts[1].id, word: .settled, fee: 200_000),
            BankStatus(payout: payouts[2].id, word: .returned, reason: "AC04"),
        ]
        do {
            try enter(list)
            Issue.record("The list was taken")
        } catch MarketError.invalid(let errors) {
            #expect(
                errors.map { "\($0.pointer)" } == [
                    "/statuses/1/end_to_end_id", "/statuses/2/status", "/statuses/3/status", "/statuses/4/status",
                ])
        }
        #expect(try statuses() == [.sent, .settled, .sent, .sent])
        #expect(try place.funds(.payoutsInTransit) == 30_000_000)
    }

    @Test func `a payout of another batch is not known here`() throws {
        let other = try place.request(ada, Money(decimal: "10", currency: .usd))
        let second = try place.send()
        #expect(second.id != batch.id)
        #expect(throws: MarketError.self) { try enter([BankStatus(payout: other.id, word: .settled)]) }
    }

    @Test func `the reason is told in plain words`() {
        #expect(ReasonCode("AC04")?.sentence.contains("closed") == true)
        #expect(ReasonCode("ZZ99")?.sentence.contains("ZZ99") == true)
        #expect(ReasonCode("ac04") == nil && ReasonCode("AC044") == nil)
    }

    @Test func `single payouts are settled and returned as before`() throws {
        _ = try place.write { db, now in try place.market.settlePayout(payouts[0].id, by: "x", at: now, in: db) }
        _ = try place.write { db, now in try place.market.returnPayout(payouts[0].id, reason: "AC04", by: "x", at: now, in: db) }
        _ = try place.write { db, now in try place.market.returnPayout(payouts[1].id, reason: "lost", by: "x", at: now, in: db) }
        #expect(try statuses() == [.returned, .failed, .sent, .sent])
        try enter([BankStatus(payout: payouts[0].id, word: .settled)])
        #expect(throws: MarketError.self) { try enter([BankStatus(payout: payouts[1].id, word: .settled)]) }
    }
}
