import Domain
import Market
import Storage
import Testing

@Suite struct TierTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    private func tier(_ contributor: ID<Contributor>) throws -> Tier? {
        try stall.look { db in try Contributors.find(contributor, in: db)?.tier(in: .german) }
    }

    private func sentence(_ contributor: ID<Contributor>) throws -> String {
        let held = try tier(contributor) ?? .novice
        return try stall.look { db in
            try stall.market.tierProgress(of: contributor, in: .german, holding: held, in: db).progress.sentence
        }
    }

    @Test func `a tier is earned with the recording that earns it, and old pay and quotes stay`() throws {
        let contributor = try stall.contributor()
        let quote = try stall.quote(contributor)
        try stall.record(quote, seconds: 1300)
        #expect(try sentence(contributor) == "9 more minutes of grade A or B to skilled.")
        #expect(try tier(contributor) == .novice)
        try stall.record(quote, seconds: 500)
        #expect(try tier(contributor) == .skilled)
        #expect(try sentence(contributor) == "120 more A-grade minutes to expert.")
        let before = try stall.available(contributor)
        // The quote was locked as a novice: it pays no premium. A new one does.
        try stall.record(quote, seconds: 900)
        #expect(try stall.available(contributor).micros - before.micros == 6_000_000)
        try stall.record(stall.quote(contributor), seconds: 900)
        #expect(try stall.available(contributor).micros - before.micros == 13_500_000)
        let changes = try stall.look { db in try TierChanges.list(of: contributor, .init(limit: 10), in: db).rows }
        #expect(changes.map(\.to) == [.skilled] && changes.first?.admin == nil)
        #expect(changes.first?.figures.contains("\"rejected_share\":\"0\"") == true)
    }

    @Test func `rejections hold a tier back and never take it`() throws {
        let contributor = try stall.contributor()
        let quote = try stall.quote(contributor)
        try stall.record(quote, seconds: 60, grade: .rejected)
        try stall.record(quote, seconds: 1800)
        #expect(try tier(contributor) == .novice)
        #expect(try sentence(contributor) == "at most 25 % of recordings rejected (now 50 %) to skilled.")
        try stall.record(quote, seconds: 1)
        try stall.record(quote, seconds: 1)
        #expect(try tier(contributor) == .skilled)
        for _ in 0..<5 { try stall.record(quote, seconds: 60, grade: .rejected) }
        #expect(try tier(contributor) == .skilled)
    }

    @Test func `a language that comes back has the tier that it had`() throws {
        let id = try stall.contributor()
        try stall.record(stall.quote(id), seconds: 1800)
        try stall.change { db, now in
            var person = try #require(try Contributors.find(id, in: db))
            person.languages = [.init(language: Language("fr")!)]
            try Contributors.save(person, at: now, in: db)
            person.languages = [.init(language: .german)]
            try Contributors.save(person, at: now, in: db)
        }
        #expect(try tier(id) == .skilled)
    }

    @Test func `nobody sets a tier silently`() throws {
        let id = try stall.contributor()
        func set(_ tier: Tier) throws {
            _ = try stall.change { db, now in
                try stall.market.setTier(tier, of: id, in: .german, reason: "Examined.", by: "adm_1", at: now, in: db)
            }
        }
        try set(.expert)
        try set(.novice)
        #expect(throws: MarketError.self) { try set(.novice) }
        let history = try stall.look { db in try TierChanges.list(of: id, .init(limit: 10), in: db).rows }
        #expect(
            history.map(\.to) == [.expert, .novice] && history.allSatisfy { $0.admin == "adm_1" && $0.reason == "Examined." })
        let audit = try stall.look { db in try AuditLog.list(.init(limit: 100), in: db).rows }.filter { $0.action == "tier.set" }
        #expect(audit.map(\.detail) == ["de: novice to expert: Examined.", "de: expert to novice: Examined."])
    }
}
