import Domain
import Ledger
import Market
import Storage
import Testing

@Suite struct AppealTests {
    let stall: Stall
    let speaker: ID<Contributor>
    let recording: Recording

    init() throws {
        stall = try Stall()
        speaker = try stall.contributor()
        recording = try stall.record(try stall.quote(speaker), seconds: 60, grade: .rejected)
    }

    private func appeal() throws -> Appeal {
        try stall.change { db, now in
            try stall.market.appealRejection(of: recording.id, text: "Listen again", by: speaker, at: now, in: db)
        }
    }

    private func reviewer() throws -> ID<Contributor> {
        let id = try stall.contributor()
        _ = try stall.change { db, now in
            try stall.market.setTier(.expert, of: id, in: .german, reason: "test", by: "admin", at: now, in: db)
        }
        return id
    }

    /// A fresh reviewer takes the next item and says whether it can be used.
    private func verdict(_ judgement: Judgement) throws {
        let person = try reviewer()
        try stall.change { db, now in
            let assignment = try #require(try stall.market.handOutReview(in: .german, to: person, at: now, in: db))
            #expect(assignment.recording == recording.id && assignment.kind == .appeal)
            _ = try stall.market.submitReview(judgement, of: assignment.id, by: person, at: now, in: db)
        }
    }

    private func found() throws -> (appeal: Appeal, recording: Recording) {
        try stall.look { db in
            (try #require(try Appeals.find(of: recording.id, in: db)), try #require(try Recordings.find(recording.id, in: db)))
        }
    }

    @Test func `two fresh reviewers pay it under its own quote, also when that has expired`() throws {
        #expect(recording.status == .rejected)
        #expect(try stall.available(speaker) == .usd("0"))
        _ = try appeal()
        stall.advance(seconds: 20 * 86_400)
        try verdict(.heard(.anger))
        #expect(try found().appeal.status == .open)
        try verdict(.unusable)
        try verdict(.heard(.anger))
        let (appeal, decided) = try found()
        #expect(appeal.status == .granted && appeal.decision?.grade == .c && appeal.decision?.admin == nil)
        #expect(decided.status == .accepted && decided.decision?.grade == .c && decided.decision?.weight == 60_000 * 600 * 1000)
        // 24 an hour × 0.6 for grade C × one minute.
        #expect(try stall.available(speaker) == .usd("0.24"))
        let record = try stall.look { db in try GradeRecords.find(of: speaker, in: .german, db) }
        #expect(record.counts[.rejected]?.recordings == 0 && record.counts[.c]?.milliseconds == 60_000)
        try stall.expectSound()
    }

    @Test func `two against refuse it with their reasons, and nothing is paid`() throws {
        _ = try appeal()
        try verdict(.unusable)
        try verdict(.unusable)
        let (appeal, decided) = try found()
        #expect(appeal.status == .refused && appeal.decision?.reasons == ["noise"])
        #expect(decided.status == .rejected)
        #expect(try stall.available(speaker) == .usd("0"))
        try stall.expectSound()
    }

    @Test func `an appeal is made once, decided once and paid once`() throws {
        let made = try appeal()
        #expect(throws: MarketError.self) { try appeal() }
        func decide(_ isGranted: Bool) throws -> Appeal {
            try stall.change { db, now in
                try stall.market.decideAppeal(
                    made.id, isGranted: isGranted, grade: .a, reasons: ["It is fine."], by: "admin", at: now, in: db)
            }
        }
        #expect(try decide(true).decision?.grade == .a)
        let paid = try stall.available(speaker)
        #expect(paid == .usd("0.5"))
        #expect(throws: MarketError.self) { try decide(true) }
        #expect(throws: MarketError.self) { try decide(false) }
        #expect(throws: MarketError.self) { try appeal() }
        #expect(try stall.available(speaker) == paid)
        let log = try stall.look { db in try AuditLog.list(.init(limit: 200), in: db).rows.map(\.action) }
        #expect(log.contains("appeal.granted"))
        try stall.expectSound()
    }

    @Test func `no more hands than can be needed hold it at a time`() throws {
        _ = try appeal()
        for index in 0..<4 {
            let person = try reviewer()
            let assignment = try stall.change { db, now in
                try stall.market.handOutReview(in: .german, to: person, at: now, in: db)
            }
            #expect((assignment != nil) == (index < 3))
        }
    }

    @Test func `what is late, not rejected, somebody else's or withdrawn is refused`() throws {
        let other = try stall.contributor()
        #expect(throws: MarketError.notFound("recording")) {
            try stall.change { db, now in
                try stall.market.appealRejection(of: recording.id, text: nil, by: other, at: now, in: db)
            }
        }
        let fine = try stall.record(try stall.quote(other), seconds: 10)
        #expect(throws: MarketError.self) {
            try stall.change { db, now in try stall.market.appealRejection(of: fine.id, text: nil, by: other, at: now, in: db) }
        }
        let made = try appeal()
        _ = try stall.change { db, now in try stall.market.withdrawRecording(recording.id, by: speaker, at: now, in: db) }
        #expect(try found().appeal.status == .withdrawn)
        #expect(throws: MarketError.self) {
            try stall.change { db, now in
                try stall.market.decideAppeal(
                    made.id, isGranted: true, grade: nil, reasons: [], by: "admin", at: now, in: db)
            }
        }
        let late = try stall.record(try stall.quote(speaker), seconds: 60, grade: .rejected)
        stall.advance(seconds: 30 * 86_400)
        #expect(throws: MarketError.self) {
            try stall.change { db, now in try stall.market.appealRejection(of: late.id, text: nil, by: speaker, at: now, in: db) }
        }
    }
}
