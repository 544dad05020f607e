import Domain
import Ledger
import Market
import Storage
import Testing

@Suite struct FullBatchTests {
    /// A batch as large as it may be is prepared, approved, and answered by the bank in one list.
    @Test func `five thousand payouts go through one batch`() throws {
        let place = try TemporaryMarket(PayoutTests.taxed)
        let people = try (0..<100).map { _ in try place.signUp(PayoutTests.paypal, region: "US") }
        for person in people { try place.earn(200_000_000, person) }
        let payouts = try place.write { db, now in
            try people.flatMap { person in
                try (0..<51).map { _ in
                    try place.market.requestPayout(
                        amount: Money(decimal: "3", currency: .usd), method: nil, by: person, at: now, in: db)
                }
            }
        }
        let clock = ContinuousClock()
        var batch: PayoutBatch?
        let prepared = try clock.measure { batch = try place.prepare() }
        let id = try #require(batch).id
        let approved = try clock.measure {
            batch = try place.write { db, now in try place.market.approvePayoutBatch(id, by: place.admins[1], at: now, in: db) }
        }
        #expect(batch?.payoutCount == 5000)
        let members = try place.market.store.read { db in try Payouts.members(of: id, in: db) }
        let entered = try clock.measure {
            _ = try place.write { db, now in
                let statuses = members.map { BankStatus(payout: $0.id, word: .settled) }
                return try place.market.enterBankStatuses(statuses, of: id, by: place.admins[0], at: now, in: db)
            }
        }
        print("a batch of 5,000: prepared \(prepared), approved \(approved), statuses entered \(entered)")
        #expect(try place.funds(.payoutsInTransit) == 0)
        #expect(try place.funds(.bank) + place.funds(.taxWithheld(jurisdiction: "US")) == 15_000_000_000)
        #expect(try payouts.count - members.count == 100 && place.prepare().payoutCount == 100)
        #expect(try place.verify().isEmpty)
    }
}
