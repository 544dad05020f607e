import Domain
import JSON
import Market
import Storage
import Testing

@Suite struct QuoteTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    @Test func `a recording that was taken before the expiry is paid under its quote after it`() throws {
        let quote = try stall.quote(stall.contributor(), seconds: 600)
        let recording = try stall.upload(quote)
        stall.set(quote.expiresAt.adding(seconds: 3600))
        try stall.decide(milliseconds: 60_000)
        #expect(try stall.look { db in try Recordings.find(recording.id, in: db)?.status } == .accepted)
        #expect(try stall.available(quote.contributor) == .usd("0.4"))
        #expect(throws: MarketError.quoteExpired(quote.expiresAt)) { try stall.upload(quote) }
        // One whose bytes began to flow before is taken too.
        _ = try stall.upload(quote, begunAt: quote.expiresAt.adding(seconds: -1))
    }

    @Test func `the last recording is paid whole, and then the quote is used`() throws {
        let quote = try stall.quote(stall.contributor(), seconds: 60)
        try stall.record(quote, seconds: 59)
        try stall.record(quote, seconds: 1800)
        #expect(try stall.available(quote.contributor).micros == 24_000_000 * 1859 / 3600)
        #expect(throws: MarketError.quoteExhausted(secondsMax: 60)) { try stall.upload(quote) }
    }

    @Test func `of recordings that may use up a quote together only as many are taken as it covers`() throws {
        let quote = try stall.quote(stall.contributor(), seconds: 60)
        // 40 s each, as far as their bytes tell.
        _ = try stall.upload(quote, byteCount: 320_000)
        let second = try stall.upload(quote, byteCount: 320_000)
        #expect(throws: MarketError.quoteSpokenFor(secondsMax: 60)) { try stall.upload(quote, byteCount: 320_000) }
        // What was taken is honoured, and what it did not use is free again.
        try stall.decide(milliseconds: 5000)
        _ = try stall.change { db, now in
            try stall.market.withdrawRecording(second.id, by: quote.contributor, at: now, in: db)
        }
        #expect(try stall.look { db in try Quotes.find(quote.id, in: db)?.pendingMilliseconds } == 0)
        _ = try stall.upload(quote, byteCount: 320_000)
        #expect(try stall.look { db in try Quotes.find(quote.id, in: db)?.pendingMilliseconds } == 40_000)
    }

    @Test func `a quote freezes a premium that stands in the history and names it`() throws {
        let contributor = try stall.contributor()
        let cell = Cell(language: .german)
        _ = try stall.change { db, now in
            try stall.market.setTarget(cell, wantedSeconds: 7200, by: "admin", at: now, in: db)
        }
        func factor() throws -> String? {
            try stall.look { db in
                try stall.market.estimate(.german(), at: stall.now, in: db).price.lines.first { $0.code == .scarcity }?.factor?
                    .decimal
            }
        }
        #expect(try factor() == "2.5")
        let quote = try stall.quote(contributor)
        let named = try #require(quote.premium)
        let premium = try #require(try stall.look { db in try ScarcityPremiums.find(named, in: db) })
        #expect(premium.factor.decimal == "2.5" && premium.until == stall.now.adding(seconds: 86_400))
        #expect(quote.payload.contains(premium.id.text) && quote.payload.contains("2 h of 2 h are still missing"))
        // It holds for its day although hours came in, and then is computed again.
        try stall.record(quote, seconds: 1800)
        try stall.record(quote, seconds: 1800)
        stall.advance(seconds: 86_399)
        #expect(try factor() == "2.5")
        stall.advance(seconds: 1)
        #expect(try factor() == "1.75")
        try stall.market.keepHouse(at: stall.now)
        #expect(try stall.look { db in try ScarcityPremiums.latest(in: db).values.first?.scarcity.acceptedSeconds } == 3600)
        // Another target counts at once.
        _ = try stall.change { db, now in
            try stall.market.setTarget(cell, wantedSeconds: 3600, by: "admin", at: now, in: db)
        }
        #expect(try factor() == "1")
        #expect(try stall.look { db in try Quotes.find(quote.id, in: db)?.hourly } == .usd("60"))
    }

    @Test func `a card that could not be paid is not published, and another can be tried on the past`() throws {
        try stall.record(stall.quote(stall.contributor()), seconds: 900)
        try stall.record(stall.quote(stall.contributor()), seconds: 900, grade: .c)
        let standard = RateCard.standard.json
        func card(_ changes: [(String, JSON)]) -> JSON {
            var object = standard.asObject ?? [:]
            for (key, value) in changes { object[key] = value }
            return .object(object)
        }
        let errors = #expect(throws: MarketError.self) {
            try stall.change { db, now in
                try stall.market.publishRateCard(
                    card([("base_per_hour", "1000000"), ("emotions", standard["registers"] ?? .null)]), by: "admin", at: now,
                    in: db)
            }
        }
        #expect(errors != nil)
        let hundred = JSON.object(JSONObject(members: Emotion.allCases.map { ($0.rawValue, "100") }))
        let settings = JSON.object(JSONObject(members: Setting.allCases.map { ($0.rawValue, "100") }))
        let dear = card([("base_per_hour", "1000000"), ("emotions", hundred), ("settings", settings)])
        #expect(throws: MarketError.self) {
            try stall.change { db, now in try stall.market.publishRateCard(dear, by: "admin", at: now, in: db) }
        }
        let simulation = try stall.look { db in try stall.market.simulateRateCard(card([("base_per_hour", "12")]), in: db) }
        // 6.00 at grade B and 3.60 at grade C, and half of it.
        #expect(simulation.total.paid == 9_600_000 && simulation.total.simulated == 4_800_000)
        #expect(simulation.total.paidLess == 2 && simulation.total.medianBefore == 19_200_000)
        #expect(simulation.byGrade["C"]?.simulated == 1_800_000 && simulation.total.belowFloor == 2)
        _ = try stall.change { db, now in
            try stall.market.publishRateCard(card([("base_per_hour", "30")]), by: "admin", at: now, in: db)
        }
        let lines = try stall.look { db in try stall.market.compareRateCards(1, 2, in: db).lines }
        #expect(lines == ["/base_per_hour: 24.000000 → 30.000000"])
    }
}
