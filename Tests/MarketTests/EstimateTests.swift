import Domain
import Market
import Storage
import Testing

@Suite struct EstimateTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    private func read(_ request: PriceRequest) throws -> Price {
        try stall.market.readPrices { db, sheet in
            try stall.market.estimate(request, by: sheet, at: stall.now, in: db).price
        }
    }

    private func known(_ request: PriceRequest) throws -> Price? {
        try stall.market.knownEstimate(request, at: stall.now)?.price
    }

    @Test func `a price from memory is the price that is read`() throws {
        let request = PriceRequest.german()
        #expect(try known(request) == nil)
        let price = try read(request)
        #expect(try known(request) == price)
        #expect(try stall.look { db in try stall.market.estimate(request, at: stall.now, in: db).price } == price)
    }

    @Test func `a target that is set counts at once`() throws {
        let request = PriceRequest.german()
        let before = try read(request).perFinishedHour.micros
        _ = try stall.change { db, now in
            try stall.market.setTarget(Cell(language: .german), wantedSeconds: 7200, by: "admin", at: now, in: db)
        }
        #expect(try known(request) == nil)
        let after = try read(request).perFinishedHour.micros
        #expect(after > before)
        #expect(try known(request)?.perFinishedHour.micros == after)
        // Elsewhere nothing is wanted.
        #expect(try known(.german(.spontaneous)) != nil)
    }

    @Test func `a premium that has run out is computed again without a change in the books`() throws {
        let contributor = try stall.contributor()
        _ = try stall.change { db, now in
            try stall.market.setTarget(Cell(language: .german), wantedSeconds: 7200, by: "admin", at: now, in: db)
        }
        try stall.record(stall.quote(contributor), seconds: 1800)
        let first = try read(.german()).perFinishedHour.micros
        stall.advance(seconds: 86_400)
        let later = try #require(try known(.german()))
        #expect(later.perFinishedHour.micros < first)
    }

    @Test func `what a bounty can still promise is always looked up`() throws {
        let buyer = try stall.buyer(funds: "100")
        let before = try read(.german()).perFinishedHour.micros
        _ = try stall.change { db, now in
            try stall.market.fundBounty(
                Cell(language: .german), amount: .usd("40"), perHour: .usd("6"), by: buyer, at: now, in: db)
        }
        #expect(try read(.german()).perFinishedHour.micros == before + 6_000_000)
        #expect(try known(.german()) == nil)
    }
}
