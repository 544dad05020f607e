import Domain
import Market
import Storage
import TestSupport
import Testing

@Suite struct MeterTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    /// A second of the naive model counts where some session had its last activity less than the cut-off before, and a next one.
    private func naive(_ activities: [ID<WorkSession>: [Int64]], cutOff: Int64) -> Int64 {
        var seconds: Set<Int64> = []
        for times in activities.values {
            for (one, next) in zip(times, times.dropFirst()) where next > one {
                seconds.formUnion(one..<min(next, one + cutOff))
            }
        }
        return Int64(seconds.count) * 1000
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `the meter agrees with a naive one, whatever happens`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let contributor = try stall.contributor()
        let quote = try stall.quote(contributor)
        let cutOff = WorkRules.standard.idleCutOffSeconds
        let start = stall.now
        func second() -> Int64 { (stall.now.milliseconds - start.milliseconds) / 1000 }
        var activities: [ID<WorkSession>: [Int64]] = [:]
        var open: [ID<WorkSession>] = []
        for _ in 0..<150 {
            switch Int.random(in: 0..<8, using: &random) {
            case 0 where open.count < Marketplace.openSessionsMax:
                let session = try stall.change { db, now in
                    try stall.market.startWork(.recording, scenario: nil, elicitation: nil, by: contributor, at: now, in: db)
                }
                activities[session.id] = [second()]
                open.append(session.id)
            case 1 where !open.isEmpty:
                // An upload belongs to the session that was started last.
                _ = try stall.upload(quote)
                activities[open[open.count - 1], default: []].append(second())
            case 2 where !open.isEmpty:
                let id = open.remove(at: .random(in: 0..<open.count, using: &random))
                _ = try stall.change { db, now in
                    try stall.market.noteWork(id, ending: true, by: contributor, at: now, in: db)
                }
                activities[id, default: []].append(second())
            case 3, 4, 5:
                guard let id = open.randomElement(using: &random) else { continue }
                _ = try stall.change { db, now in
                    try stall.market.noteWork(id, ending: false, by: contributor, at: now, in: db)
                }
                activities[id, default: []].append(second())
            default: stall.advance(seconds: .random(in: 0...200, using: &random))
            }
        }
        let spans = try stall.look { db in
            try FloorPeriods.spans(of: contributor, from: start, until: stall.now.adding(days: 1), in: db)
        }
        let metered = WorkedSpan.milliseconds(of: spans, from: start, until: stall.now.adding(days: 1))
        #expect(metered == naive(activities, cutOff: cutOff))
        #expect(metered <= stall.now.milliseconds - start.milliseconds)
        // Cut anywhere, the parts add up.
        let cut = start.adding(seconds: .random(in: 0...max(1, second()), using: &random))
        let parts =
            WorkedSpan.milliseconds(of: spans, from: start, until: cut)
            + WorkedSpan.milliseconds(of: spans, from: cut, until: stall.now.adding(days: 1))
        #expect(parts == metered)
    }

    @Test func `a clock that runs back counts nothing`() throws {
        let contributor = try stall.contributor()
        let session = try stall.change { db, now in
            try stall.market.startWork(.recording, scenario: nil, elicitation: nil, by: contributor, at: now, in: db)
        }
        func note() throws -> Int64 {
            try stall.change { db, now in
                try stall.market.noteWork(session.id, ending: false, by: contributor, at: now, in: db)
            }.workedMilliseconds
        }
        stall.advance(seconds: 60)
        #expect(try note() == 60_000)
        stall.advance(seconds: -3600)
        #expect(try note() == 60_000)
        stall.advance(seconds: 3630)
        #expect(try note() == 90_000)
    }

    @Test func `a session that was left open is ended at its last activity`() throws {
        let contributor = try stall.contributor()
        let session = try stall.change { db, now in
            try stall.market.startWork(.recording, scenario: nil, elicitation: nil, by: contributor, at: now, in: db)
        }
        stall.advance(seconds: 3599)
        try stall.market.keepHouse(at: stall.now)
        #expect(try stall.look { db in try WorkSessions.find(session.id, in: db)?.endedAt } == nil)
        stall.advance(seconds: 2)
        try stall.market.keepHouse(at: stall.now)
        #expect(try stall.look { db in try WorkSessions.find(session.id, in: db)?.endedAt } == session.startedAt)
    }

    @Test func `a worked hour is assumed until twenty sessions were measured, then it is their median`() throws {
        let contributor = try stall.contributor()
        let quote = try stall.quote(contributor)
        func line() throws -> PriceLine? {
            try stall.change { db, now in
                try stall.market.estimate(.german(), at: now, in: db).price.lines.first { $0.code == .workedHour }
            }
        }
        for count in 0..<20 {
            #expect(try line()?.figures["source"] == "assumed")
            #expect(try line()?.figures["sessions"] == "\(count)")
            let session = try stall.change { db, now in
                try stall.market.startWork(.recording, scenario: nil, elicitation: nil, by: contributor, at: now, in: db)
            }
            // 3 worked minutes for a finished one; in one session of them a hundred.
            let minutes: Int64 = count == 7 ? 100 : 3
            for minute in 0..<minutes {
                stall.advance(seconds: 60)
                if minute == 0 { try stall.record(quote, seconds: 60) }
                _ = try stall.change { db, now in
                    try stall.market.noteWork(session.id, ending: minute == minutes - 1, by: contributor, at: now, in: db)
                }
            }
        }
        let measured = try #require(try line())
        #expect(measured.figures["source"] == "measured" && measured.figures["worked_hours_per_finished_hour"] == "3")
        #expect(
            measured.sentence
                == "One finished hour is taken for 3 worked hours: the median of 20 measured sessions of scripted speech.")
        // Another kind of speech has its own.
        let spontaneous = try stall.change { db, now in try stall.market.estimate(.german(.spontaneous), at: now, in: db).price }
        #expect(spontaneous.overhead.decimal == "1.8")
    }
}
