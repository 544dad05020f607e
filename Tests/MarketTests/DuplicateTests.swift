import Domain
import Foundation
import GRDB
import JSON
import Market
import Storage
import Testing

/// What becomes of recordings that sound like earlier ones.
struct DuplicateTests {
    private let stall: Stall

    init() throws { stall = try Stall() }

    /// Decides the oldest recording that waits, which sounds like others.
    private func decide(like likenesses: [ID<Recording>], grade: Grade = .b) throws -> Bool {
        var measured = Stall.measured(10_000, grade)
        measured.print = RecordingPrint(version: 1, bytes: [1, 2, 3, 4])
        measured.likenesses = likenesses.map { Likeness(recording: $0, bitErrorThousandths: 57) }
        return try stall.change { db, now in
            let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
            return try stall.market.acceptRecording(measured, job: job, at: now, in: db)
        }
    }

    private func find(_ recording: Recording) throws -> Recording {
        try #require(try stall.look { db in try Recordings.find(recording.id, in: db) })
    }

    @Test func `a contributor is not paid twice for the same speech, and is told for which recording`() throws {
        let person = try stall.contributor()
        let first = try stall.upload(stall.quote(person))
        #expect(try decide(like: []))
        let paid = try stall.available(person)
        let second = try stall.upload(stall.quote(person))
        #expect(try !decide(like: [first.id]))
        let rejected = try find(second)
        #expect(rejected.status == .rejected && rejected.decision?.reasons == [Resemblance.reasonCode])
        #expect(try stall.available(person) == paid)
        let document = try JSON.parse(
            Array(try #require(try stall.look { db in try Analyses.deciding(second.id, in: db) }).document.utf8))
        #expect(document["error"]?["code"]?.asString == "near-duplicate")
        #expect(document["error"]?["sentence"]?.asString?.contains(first.id.text) == true)
        // It can be appealed like any other rejection.
        let appeal = try stall.change { db, now in
            try stall.market.appealRejection(of: second.id, text: nil, by: person, at: now, in: db)
        }
        #expect(appeal.rejectedFor == ["near-duplicate"])
        try stall.expectSound()
    }

    @Test func `the same samples are one recording, without any print, also where both are decided one after the other`() throws {
        let people = [try stall.contributor(), try stall.contributor()]
        func decide(_ sha256: String, version: Int64 = 1) throws -> Bool {
            var measured = Stall.measured(700, .b)
            measured.canonicalHash = CanonicalHash(version: version, sha256: sha256)
            return try stall.change { db, now in
                let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
                return try stall.market.acceptRecording(measured, job: job, at: now, in: db)
            }
        }
        let (one, other) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
        let first = try stall.upload(stall.quote(people[0]))
        #expect(try decide(one))
        let paid = try stall.available(people[0])
        let second = try stall.upload(stall.quote(people[0]))
        #expect(try !decide(one))
        #expect(try find(second).decision?.reasons == [Resemblance.exactReasonCode])
        #expect(try stall.available(people[0]) == paid)
        let document = try JSON.parse(
            Array(try #require(try stall.look { db in try Analyses.deciding(second.id, in: db) }).document.utf8))
        #expect(document["error"]?["code"]?.asString == "duplicate")
        #expect(document["error"]?["sentence"]?.asString?.contains(first.id.text) == true)
        // What was rejected is not what another's is held against.
        let foreign = try stall.upload(stall.quote(people[1]))
        #expect(try decide(one))
        let flagged = try stall.look { db in try Resemblances.flagged(.init(limit: 10), in: db) }
        #expect(flagged.rows.map(\.recording) == [foreign.id] && flagged.rows.map(\.earlier) == [first.id])
        // Other samples, and hashes that were made otherwise.
        _ = try stall.upload(stall.quote(people[0]))
        #expect(try decide(other))
        _ = try stall.upload(stall.quote(people[0]))
        #expect(try decide(one, version: 2))
        // It goes when the features go, like a print.
        try stall.change { db, _ in
            try db.execute(literal: "UPDATE analysis SET features = '{}' WHERE recording = \(first.id.text)")
            try db.execute(literal: "UPDATE analysis SET features = NULL WHERE recording = \(first.id.text)")
            #expect(try CanonicalHashes.find(first.id, in: db) == nil)
        }
        try stall.expectSound()
    }

    @Test func `what stands out is told to the contributor and listed for the admins, and decides nothing`() throws {
        let person = try stall.contributor()
        let recording = try stall.upload(stall.quote(person))
        var measured = Stall.measured(10_000, .b)
        measured.flags = [.rateNotReal, .digitalZeros]
        try stall.change { db, now in
            let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
            #expect(try stall.market.acceptRecording(measured, job: job, at: now, in: db))
        }
        let document = try JSON.parse(
            Array(try #require(try stall.look { db in try Analyses.deciding(recording.id, in: db) }).document.utf8))
        let told = document["flags"]?.asArray?.map { [$0["code"]?.asString, $0["sentence"]?.asString] }
        #expect(told == measured.flags.map { [$0.rawValue, $0.sentence] })
        var seen: [QualityFlag] = []
        var after: String?
        repeat {
            let page = try stall.look { db in try QualityFlags.list(.init(after: after, limit: 1), in: db) }
            seen += page.rows.map(\.flag)
            after = page.hasMore ? page.rows.last.map { "\($0.recording) \($0.flag.rawValue)" } : nil
        } while after != nil
        #expect(seen == [.rateNotReal, .digitalZeros])
    }

    @Test func `speech that was withdrawn is not bought again`() throws {
        let person = try stall.contributor()
        let first = try stall.upload(stall.quote(person))
        _ = try decide(like: [])
        _ = try stall.change { db, now in try stall.market.withdrawRecording(first.id, by: person, at: now, in: db) }
        _ = try stall.upload(stall.quote(person))
        #expect(try !decide(like: [first.id]))
    }

    @Test func `another contributor's speech is accepted and flagged`() throws {
        let first = try stall.upload(stall.quote(stall.contributor()))
        _ = try decide(like: [])
        let second = try stall.upload(stall.quote(stall.contributor()))
        #expect(try decide(like: [first.id]))
        let page = try stall.look { db in try Resemblances.flagged(.init(limit: 10), in: db) }
        #expect(page.rows.map(\.recording) == [second.id] && page.rows.map(\.earlier) == [first.id])
        #expect(page.rows.first?.bitErrorThousandths == 57 && page.rows.first?.isForeign == true)
        let third = try stall.upload(stall.quote(stall.contributor()))
        #expect(try decide(like: [first.id, second.id]))
        var after: String?
        var seen: [Resemblance] = []
        repeat {
            let page = try stall.look { db in try Resemblances.flagged(.init(after: after, limit: 1), in: db) }
            seen += page.rows
            after = page.hasMore ? page.rows.last.map { "\($0.recording) \($0.earlier)" } : nil
        } while after != nil
        #expect(Set(seen.map(\.earlier)) == [first.id, second.id] && seen.count == 3)
        #expect(try stall.look { db in try Resemblances.list(of: third.id, in: db) }.count == 2)
    }

    @Test func `what was rejected stands in nobody's way, nor what is undecided or has no print`() throws {
        let person = try stall.contributor()
        let poor = try stall.upload(stall.quote(person))
        #expect(try !decide(like: [], grade: .rejected))
        let better = try stall.upload(stall.quote(person))
        let waiting = try stall.upload(stall.quote(person))
        #expect(try decide(like: [poor.id, waiting.id]))
        // As an erasure of what was measured out of the voice would do.
        try stall.change { db, _ in
            try db.execute(literal: "UPDATE analysis SET features = '{}' WHERE recording = \(better.id.text)")
            #expect(try RecordingPrints.find(better.id, in: db) != nil)
            try db.execute(literal: "UPDATE analysis SET features = NULL WHERE recording = \(better.id.text)")
            #expect(try RecordingPrints.find(better.id, in: db) == nil)
        }
        #expect(try decide(like: [better.id]))
    }

    @Test func `prints are those of accepted recordings and of one version`() throws {
        let person = try stall.contributor()
        let first = try stall.upload(stall.quote(person))
        _ = try decide(like: [])
        _ = try stall.upload(stall.quote(person))
        _ = try decide(like: [first.id])
        try stall.look { db in
            var found: [ID<Recording>: RecordingPrint] = [:]
            try RecordingPrints.forEach(version: 1, in: db) { found[$0] = $1 }
            #expect(found == [first.id: RecordingPrint(version: 1, bytes: [1, 2, 3, 4])])
            #expect(try RecordingPrints.byteCount(version: 1, in: db) == 4)
            try RecordingPrints.forEach(version: 2, in: db) { _, _ in Issue.record("another version") }
        }
    }
}
