import Domain
import Ledger
import Market
import Storage
import TestSupport
import Testing

@Suite struct BountyTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    private func fund(_ buyer: ID<Buyer>, _ amount: String, perHour: String, cell: Cell = Cell(language: .german)) throws
        -> Bounty
    {
        try stall.change { db, now in
            try stall.market.fundBounty(cell, amount: .usd(amount), perHour: .usd(perHour), by: buyer, at: now, in: db)
        }
    }

    private func close(_ bounty: Bounty) throws -> Bounty {
        try stall.change { db, now in try stall.market.closeBounty(bounty.id, by: bounty.buyer, at: now, in: db) }
    }

    private func held(_ bounty: Bounty) throws -> Money { try stall.funds(.bounty(bounty.id.text)) }

    @Test func `a bounty pays the base and what it adds, and the quote shows it`() throws {
        let buyer = try stall.buyer(funds: "100")
        let bounty = try fund(buyer, "40", perHour: "6")
        let contributor = try stall.contributor()
        let quote = try stall.quote(contributor, seconds: 1800)
        #expect(quote.bounty == BountyOffer(bounty: bounty.id, perHour: .usd("6"), seconds: 1800))
        #expect(quote.payload.contains("A buyer's bounty adds 6.000000 USD a finished hour, for the first 30 min."))
        #expect(quote.payload.contains("\"per_finished_hour\":{\"amount\":\"30.000000\""))
        let recording = try stall.record(quote, seconds: 900, grade: .a)
        // A quarter of an hour at 24.00 and 6.00: base 6.00, bounty 1.50, and 1.50 for grade A, which the house pays.
        let earning = try #require(try stall.look { db in try Earnings.find(recording.id, in: db) })
        #expect(earning.base == .usd("6") && earning.bounty == .usd("1.5") && earning.qualityPremium == .usd("1.5"))
        #expect(try held(bounty) == .usd("32.5"))
        #expect(try stall.available(contributor) == .usd("9"))
        try stall.expectSound()
    }

    @Test func `a closed bounty keeps what quotes count on, and returns it when they end`() throws {
        let buyer = try stall.buyer(funds: "100")
        let bounty = try fund(buyer, "40", perHour: "6")
        let quote = try stall.quote(stall.contributor(), seconds: 1800)
        let closing = try close(bounty)
        #expect(closing.status == .closing)
        #expect(try held(bounty) == .usd("3"))
        #expect(try close(bounty) == closing)
        // No new quote names it, and the old one is honoured: its addition by the bounty, its base by the house.
        #expect(try stall.quote(stall.contributor(), seconds: 1800).bounty == nil)
        try stall.record(quote, seconds: 900)
        #expect(try held(bounty) == .usd("1.5"))
        #expect(try stall.available(quote.contributor) == .usd("7.5"))
        stall.advance(seconds: 15 * 86_400)
        try stall.market.keepHouse(at: stall.now)
        #expect(try stall.look { db in try Bounties.find(bounty.id, in: db)?.status } == .closed)
        #expect(try stall.funds(.prepaid(buyer: buyer.text)) == .usd("98.5"))
        try stall.expectSound()
    }

    @Test func `promises never outgrow the money`() throws {
        let buyer = try stall.buyer(funds: "100")
        let bounty = try fund(buyer, "10", perHour: "18")
        // 10.00 at 18.00 an hour are 2000 seconds.
        #expect(try stall.quote(stall.contributor(), seconds: 1200).bounty?.seconds == 1200)
        #expect(try stall.quote(stall.contributor(), seconds: 1200).bounty?.seconds == 800)
        #expect(try stall.quote(stall.contributor(), seconds: 1200).bounty == nil)
        #expect(try close(bounty).status == .closing)
        #expect(try held(bounty) == .usd("10"))
    }

    @Test func `what goes beyond a quote's seconds gets nothing from a bounty`() throws {
        let buyer = try stall.buyer(funds: "1000")
        _ = try fund(buyer, "500", perHour: "200")
        let quote = try stall.quote(stall.contributor(), seconds: 60)
        let recording = try stall.record(quote, seconds: 1800)
        let earning = try #require(try stall.look { db in try Earnings.find(recording.id, in: db) })
        #expect(earning.base == .usd("12") && earning.bounty == .usd("3.333333"))
    }

    @Test func `a bounty needs funds, an amount and a price within the card's rules`() throws {
        let buyer = try stall.buyer(funds: "15")
        #expect(throws: MarketError.self) { try fund(buyer, "9.99", perHour: "1") }
        #expect(throws: MarketError.self) { try fund(buyer, "10", perHour: "200.01") }
        #expect(throws: MarketError.insufficientFunds(available: .usd("15"), needed: .usd("20"))) {
            try fund(buyer, "20", perHour: "1")
        }
        let bounty = try fund(buyer, "10", perHour: "1")
        let stranger = try stall.buyer(funds: "1")
        #expect(throws: MarketError.notFound("bounty")) {
            try stall.change { db, now in try stall.market.closeBounty(bounty.id, by: stranger, at: now, in: db) }
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `no bounty is ever overdrawn and no money is lost`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let buyer = try stall.buyer(funds: "1000")
        let people = try (0..<3).map { _ in try stall.contributor() }
        var bounties: [Bounty] = []
        var quotes: [Quote] = []
        for _ in 0..<80 {
            switch Int.random(in: 0..<9, using: &random) {
            case 0 where bounties.count < 8:
                let amount = "\(Int.random(in: 10...60, using: &random))"
                bounties.append(try fund(buyer, amount, perHour: "\(Int.random(in: 0...200, using: &random))"))
            case 1, 2:
                quotes.append(
                    try stall.quote(people.randomElement(using: &random)!, seconds: .random(in: 1...5000, using: &random)))
            case 3, 4, 5, 6:
                guard let quote = quotes.randomElement(using: &random) else { continue }
                let grade: Grade = [.a, .b, .c, .rejected].randomElement(using: &random)!
                let length = Int64.random(in: 1...1_800_000, using: &random)
                do {
                    _ = try stall.upload(quote)
                    try stall.decide(milliseconds: length, grade: grade)
                } catch MarketError.quoteExhausted, MarketError.quoteExpired {}
            case 7:
                guard let bounty = bounties.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 else {
                    continue
                }
                _ = try close(bounty)
            default:
                stall.advance(seconds: .random(in: 0...400_000, using: &random))
                try stall.market.keepHouse(at: stall.now)
            }
            for bounty in bounties {
                let promised = try stall.look { db in try Bounties.promised(by: bounty.id, at: stall.now, in: db) }
                // What is rounded up promise by promise may stand a micro each above what is held.
                #expect(try held(bounty).micros >= max(0, promised - Int64(quotes.count)))
            }
        }
        for bounty in bounties { _ = try close(bounty) }
        stall.advance(seconds: 15 * 86_400)
        try stall.market.keepHouse(at: stall.now)
        for bounty in bounties { #expect(try held(bounty).micros == 0) }
        try stall.expectSound()
        // What the buyer no longer has was drawn for recordings of the bounties' kind.
        let drawn = try stall.look { db in
            try Books(db).transactions(limit: 10_000).rows.flatMap(\.transaction.postings).reduce(Int64(0)) { sum, posting in
                if case .bounty = posting.account.path { return sum + posting.amount }
                return sum
            }
        }
        #expect(drawn == 0)
        #expect(try stall.funds(.prepaid(buyer: buyer.text)).micros <= 1_000_000_000)
    }
}
