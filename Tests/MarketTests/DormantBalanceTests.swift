import Domain
import JSON
import Ledger
import Market
import Storage
import Testing

@Suite struct DormantBalanceTests {
    private static let day: Int64 = 86_400

    private func run(_ place: TemporaryMarket) throws -> DormantRun {
        try place.write { db, now in try place.market.setAsideDormantBalances(by: "nightly", at: now, in: db) }
    }

    private func market() throws -> TemporaryMarket {
        try TemporaryMarket { $0["dormancy"] = ["years": 3, "notice_days": 90] }
    }

    @Test func `a balance is set aside after the notice, and comes back once`() throws {
        let place = try market()
        let ada = try place.signUp(PayoutTests.paypal)
        try place.earn(12_345_678, ada)
        place.wait(seconds: 3 * 365 * Self.day - 1)
        #expect(try run(place).noticed.isEmpty)
        place.wait(seconds: 1)
        // What others do, such as a royalty, is no activity of hers.
        try place.earn(1_000_000, ada)
        #expect(try run(place).noticed.map(\.contributor) == [ada])
        #expect(try run(place).noticed.isEmpty)
        place.wait(seconds: 90 * Self.day - 1)
        #expect(try run(place).setAside.isEmpty)
        place.wait(seconds: 1)
        #expect(try run(place).setAside.map(\.amount.decimal) == ["13.345678"])
        #expect(try place.funds(.unclaimed) == 13_345_678 && place.funds(.available(contributor: ada.text)) == 0)
        let back = try place.write { db, now in try place.market.reclaimBalance(by: ada, at: now, in: db) }
        #expect(back.map(\.amount.decimal) == ["13.345678"])
        #expect(try place.funds(.unclaimed) == 0 && place.funds(.available(contributor: ada.text)) == 13_345_678)
        #expect(throws: MarketError.self) {
            try place.write { db, now in try place.market.reclaimBalance(by: ada, at: now, in: db) }
        }
        #expect(try run(place).noticed.isEmpty && place.verify().isEmpty)
    }

    @Test func `whoever does something in time keeps it`() throws {
        let place = try market()
        let ada = try place.signUp(PayoutTests.paypal)
        let ben = try place.signUp(PayoutTests.paypal)
        for person in [ada, ben] { try place.earn(5_000_000, person) }
        place.wait(seconds: 3 * 365 * Self.day)
        #expect(try run(place).noticed.count == 2)
        place.wait(seconds: 10 * Self.day)
        _ = try place.request(ada, Money(decimal: "2", currency: .usd))
        _ = try place.write { db, now in try place.market.reclaimBalance(by: ben, at: now, in: db) }
        place.wait(seconds: 80 * Self.day)
        let last = try run(place)
        #expect(last.setAside.isEmpty && last.lapsed.map(\.contributor) == [ada])
        #expect(try place.funds(.unclaimed) == 0)
    }

    @Test func `without a rule nothing is ever dormant`() throws {
        let place = try TemporaryMarket { $0["dormancy"] = nil }
        try place.earn(5_000_000, place.signUp(nil))
        place.wait(seconds: 40 * 365 * Self.day)
        #expect(try run(place).noticed.isEmpty)
    }
}
