import Domain
import Ledger
import Market
import Storage
import TestSupport
import Testing

@Suite struct FloorTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    /// Starts a session and keeps it alive for so many minutes.
    private func work(_ contributor: ID<Contributor>, minutes: Int64, ending: Bool = true) throws {
        let session = try stall.change { db, now in
            try stall.market.startWork(.recording, scenario: nil, elicitation: nil, by: contributor, at: now, in: db)
        }
        for minute in 1...minutes {
            stall.advance(seconds: 60)
            _ = try stall.change { db, now in
                try stall.market.noteWork(session.id, ending: ending && minute == minutes, by: contributor, at: now, in: db)
            }
        }
    }

    private func run(until: Timestamp? = nil) throws -> FloorRun {
        try stall.change { db, now in try stall.market.runFloor(until: until, by: "admin", at: now, in: db) }
    }

    private func periods(_ contributor: ID<Contributor>) throws -> [FloorPeriod] {
        try stall.look { db in try FloorPeriods.list(of: contributor, .init(limit: 1000), in: db).rows.reversed() }
    }

    @Test func `earnings below the floor are lifted to it once, and the statement shows the sum`() throws {
        let contributor = try stall.contributor(region: "DE")
        let quote = try stall.quote(contributor)
        try stall.record(quote, seconds: 900)
        try work(contributor, minutes: 90)
        let before = try stall.available(contributor)
        #expect(before == .usd("6"))
        let first = try run()
        // 1.5 h at 15.00 is 22.50; 6.00 were earned.
        #expect(first.topUpCount == 1 && first.topUpMicros == 16_500_000)
        #expect(try stall.available(contributor) == .usd("22.5"))
        #expect(try run().periodCount == 0)
        let line = try stall.look { db in
            try Books(db).statement(of: Account(.available(contributor: contributor.text), .usd), limit: 10).lines.last
        }
        #expect(
            line?.description
                == "Earnings lifted to the pay floor: 90.0 min worked, floor 22.500000, earned 6.000000 USD")
        #expect(line?.metadata["floor-period"] == (try periods(contributor).first?.id.text))
        try stall.expectSound()
    }

    @Test func `who earned the floor gets nothing on top, and royalties do not count as earned`() throws {
        let rich = try stall.contributor()
        try stall.record(stall.quote(rich), seconds: 3600)
        try work(rich, minutes: 60)
        let poor = try stall.contributor()
        // Money that is not pay for the work, such as a royalty.
        _ = try stall.change { db, now in
            try Books(db).post(
                Entries.openingBalance(
                    of: .available(contributor: poor.text), balance: Money.usd("500").reversed,
                    on: Occasion(id: "txn_1", at: now)))
        }
        try work(poor, minutes: 30)
        let result = try run()
        #expect(result.periodCount == 2 && result.topUpCount == 1 && result.topUpMicros == 7_500_000)
        #expect(try periods(rich).first?.sum.topUp.micros == 0)
    }

    @Test func `time that nothing backs counts only as far as the card says`() throws {
        let contributor = try stall.contributor(region: nil)
        try work(contributor, minutes: 180)
        #expect(try run().topUpMicros == 6_000_000)
        // A minute of accepted speech backs ten more.
        try stall.record(stall.quote(contributor), seconds: 60)
        try work(contributor, minutes: 20)
        _ = try run()
        #expect(try periods(contributor).map(\.sum.workedMilliseconds) == [1_800_000, 600_000])
    }

    @Test func `a day never counts more hours than the card allows, however often it is closed`() throws {
        let contributor = try stall.contributor(region: nil)
        try stall.record(stall.quote(contributor), seconds: 1800)
        try stall.record(stall.quote(contributor), seconds: 1800)
        try stall.record(stall.quote(contributor), seconds: 1800)
        for _ in 0..<12 {
            try work(contributor, minutes: 60)
            _ = try run()
        }
        let hours = try periods(contributor).map(\.sum.workedMilliseconds).reduce(0, +) / 3_600_000
        #expect(hours == 10)
    }

    @Test func `a period waits for its recordings, and what comes after its limit is paid on top`() throws {
        let contributor = try stall.contributor(region: nil)
        let quote = try stall.quote(contributor)
        let recording = try stall.upload(quote)
        try work(contributor, minutes: 30)
        #expect(try run().periodCount == 0)
        stall.advance(seconds: 6 * 86_400)
        #expect(try run().periodCount == 0)
        stall.advance(seconds: 2 * 86_400)
        #expect(try run().topUpMicros == 6_000_000)
        try stall.decide(milliseconds: 900_000)
        #expect(try stall.look { db in try Recordings.find(recording.id, in: db)?.status } == .accepted)
        #expect(try stall.available(contributor) == .usd("12"))
        #expect(try run().periodCount == 0)
        try stall.expectSound()
    }

    @Test func `the night closes whole days, each once, and work over midnight stands in both`() throws {
        let contributor = try stall.contributor(region: nil)
        stall.set(Timestamp(rfc3339: "2026-03-02T23:50:00Z")!)
        try work(contributor, minutes: 20)
        #expect(try stall.market.runFloorNightly(at: Timestamp(rfc3339: "2026-03-03T00:10:00Z")!) == nil)
        let night = Timestamp(rfc3339: "2026-03-03T00:20:00Z")!
        #expect(try stall.market.runFloorNightly(at: night)?.periodCount == 1)
        #expect(try stall.market.runFloorNightly(at: night) == nil)
        #expect(try stall.market.runFloorNightly(at: night.adding(days: 1))?.periodCount == 1)
        #expect(try periods(contributor).map(\.sum.workedMilliseconds) == [600_000, 600_000])
        #expect(try periods(contributor).map(\.until.rfc3339) == ["2026-03-03T00:00:00.000Z", "2026-03-04T00:00:00.000Z"])
    }

    @Test func `no moment of a person is in two periods`() throws {
        let contributor = try stall.contributor()
        try work(contributor, minutes: 10)
        _ = try run()
        var again = try #require(try periods(contributor).first)
        let run = try #require(try stall.look { db in try FloorRuns.list(.init(limit: 1), in: db).rows.first })
        again.id = ID(stored: "flp_2")
        again.entry = nil
        again.from = again.from.adding(seconds: 1)
        #expect(throws: StorageError.refused("a floor period is closed once")) {
            try stall.market.store.write { [again] db in try FloorPeriods.insert(again, run: run.id, in: db) }
        }
    }

    /// What stops a run in its middle.
    private struct PowerCut: Error {}

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `runs that are repeated and cut off top up each minute once`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let people = try (0..<3).map { index in try stall.contributor(region: index == 0 ? "DE" : nil) }
        let quotes = try people.map { try stall.quote($0) }
        for _ in 0..<60 {
            let person = Int.random(in: 0..<people.count, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0, 1: try work(people[person], minutes: .random(in: 1...40, using: &random), ending: .random(using: &random))
            case 2: try stall.record(quotes[person], seconds: .random(in: 1...120, using: &random))
            case 3: stall.advance(seconds: .random(in: 1...20_000, using: &random))
            case 4: _ = try run()
            case 5: try stall.market.keepHouse(at: stall.now)
            default:
                #expect(throws: PowerCut.self) {
                    try stall.change { db, now in
                        _ = try stall.market.runFloor(until: nil, by: "admin", at: now, in: db)
                        throw PowerCut()
                    }
                }
            }
        }
        stall.advance(seconds: 86_400)
        try stall.market.keepHouse(at: stall.now)
        _ = try run()
        let count = try stall.look { db in try Books(db).transactionCount() }
        _ = try run()
        #expect(try stall.look { db in try Books(db).transactionCount() } == count)
        for person in people {
            let closed = try periods(person)
            for (one, next) in zip(closed, closed.dropFirst()) { #expect(one.until <= next.from) }
            let topUps = closed.reduce(Int64(0)) { $0 + $1.sum.topUp.micros }
            let pay = try stall.look { db in
                try FloorPeriods.work(
                    of: person, from: Timestamp(milliseconds: 0), until: Timestamp(milliseconds: .max), in: db
                ).earnedMicros
            }
            #expect(try stall.available(person).micros == topUps + pay)
            // What nothing backed when a part of a day was closed may count in a later part, so that days are compared.
            for (day, parts) in Dictionary(grouping: closed, by: \.from.startOfDay) {
                let end = day.adding(days: 1)
                let spans = try stall.look { db in try FloorPeriods.spans(of: person, from: day, until: end, in: db) }
                let counted = parts.reduce(Int64(0)) { $0 + $1.sum.workedMilliseconds }
                #expect(counted <= WorkedSpan.milliseconds(of: spans, from: day, until: end))
                #expect(counted <= 10 * 3_600_000)
            }
        }
        try stall.expectSound()
    }
}
