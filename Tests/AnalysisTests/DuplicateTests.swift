import Analysis
import AudioFiles
import Dispatch
import Domain
import Market
import Storage
import SyntheticVoice
import TestSupport
import Testing

/// Copies of recordings in a market with real files.
struct DuplicateTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    /// A noisy copy is rejected for its own contributor and flagged for another; after a start the prints are known again.
    @Test func copiesAreNoticedAlsoAfterAStart() throws {
        let (market, blobs, now) = (workshop.market, workshop.blobs, workshop.now)
        let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), mood: .neutral, durationSeconds: 4, seed: 5)
            .samples(sampleRateHz: 16_000)
        let others = Utterance(speaker: Speaker(sex: .male, ageYears: 40, seed: 6), mood: .neutral, durationSeconds: 4, seed: 6)
            .samples(sampleRateHz: 16_000)
        let person = try market.store.write { db in try Self.person(in: market, at: now, db) }
        let stranger = try market.store.write { db in try Self.person(in: market, at: now, db) }
        var chance = SeededRandom(seed: 9)
        func copy(_ samples: [Float], from start: Int) -> [Float] {
            samples.dropFirst(start).map { $0 * 0.7 + Float.random(in: -0.001...0.001, using: &chance) }
        }
        func decide(_ sent: [(ID<Contributor>, [Float])]) throws -> [Recording] {
            let ids = try market.store.write { db in
                try sent.map { try Self.submit($0.1, by: $0.0, in: market, blobs, at: now, db) }
            }
            let decided = DispatchSemaphore(value: 0)
            let token = market.recordingBell.listen { id in
                let found = try? market.store.read { db in try Recordings.find(ID(stored: id), in: db) }
                if found?.decision != nil { decided.signal() }
            }
            let pool = workshop.workers()
            // Two at a time, so that copies are also measured at once.
            try pool.start(workerCount: 2)
            for _ in ids { try #require(decided.wait(timeout: .now() + 120) == .success) }
            pool.stop()
            market.recordingBell.stop(token)
            return try market.store.read { db in try ids.map { try #require(try Recordings.find($0, in: db)) } }
        }
        let first = try decide([(person, speech), (person, others), (person, copy(speech, from: 1_001))])
        #expect(first[1].status == .accepted)
        // Whichever of the two was decided first.
        #expect(Set([first[0].status, first[2].status]) == [.accepted, .rejected])
        let second = try decide([(person, copy(others, from: 3_333)), (stranger, copy(others, from: 777))])
        #expect(second[0].decision?.reasons == [Resemblance.reasonCode])
        #expect(second[1].status == .accepted)
        let flagged = try market.store.read { db in try Resemblances.flagged(.init(limit: 9), in: db) }
        let pairs = flagged.rows.map { [$0.recording, $0.earlier] }
        #expect(pairs.contains([second[1].id, first[1].id]))
        // Where the stranger's was decided first, the other is like it too.
        #expect(pairs.allSatisfy { $0 == [second[1].id, first[1].id] || $0 == [second[0].id, second[1].id] })
    }

    @Test func aRecordingThatIsAcceptedOnAppealIsComparedWithLaterOnes() throws {
        let (market, blobs, now) = (workshop.market, workshop.blobs, workshop.now)
        let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), mood: .neutral, durationSeconds: 4, seed: 5)
            .samples(sampleRateHz: 16_000)
        let people = try (0..<2).map { _ in try market.store.write { db in try Self.person(in: market, at: now, db) } }
        let decided = DispatchSemaphore(value: 0)
        let token = market.recordingBell.listen { id in
            let found = try? market.store.read { db in try Recordings.find(ID(stored: id), in: db) }
            if found?.decision != nil { decided.signal() }
        }
        let pool = workshop.workers()
        try pool.start(workerCount: 1)
        func send(_ samples: [Float], by person: ID<Contributor>) throws -> Recording {
            let id = try market.store.write { db in try Self.submit(samples, by: person, in: market, blobs, at: now, db) }
            while true {
                let found = try #require(try market.store.read { db in try Recordings.find(id, in: db) })
                if found.decision != nil { return found }
                try #require(decided.wait(timeout: .now() + 120) == .success)
            }
        }
        let first = try send(speech, by: people[0])
        let copy = try send(speech.dropFirst(1_001).map { $0 * 0.7 }, by: people[0])
        #expect(first.status == .accepted && copy.status == .rejected)
        try market.store.write { db in
            let appeal = try market.appealRejection(of: copy.id, text: "I said it twice.", by: people[0], at: now, in: db)
            _ = try market.decideAppeal(appeal.id, isGranted: true, grade: .c, reasons: [], by: "admin", at: now, in: db)
        }
        let later = try send(speech.dropFirst(555).map { $0 * 0.5 }, by: people[1])
        pool.stop()
        market.recordingBell.stop(token)
        let flagged = try market.store.read { db in try Resemblances.flagged(.init(limit: 9), in: db) }
        #expect(Set(flagged.rows.filter { $0.recording == later.id }.map(\.earlier)) == [first.id, copy.id])
    }

    static func person(in market: Marketplace, at now: Timestamp, _ db: Connection) throws -> ID<Contributor> {
        let german = try #require(Language("de"))
        let person = try market.signUpContributor(
            languages: [.init(language: german)], region: "DE", profile: .init(), at: now, in: db
        ).contributor.id
        _ = try market.grantConsent(purposes: [.emotionRecognition], textVersion: nil, by: person, at: now, in: db)
        return person
    }

    private static func submit(
        _ samples: [Float], by person: ID<Contributor>, in market: Marketplace, _ blobs: BlobStore, at now: Timestamp,
        _ db: Connection
    ) throws -> ID<Recording> {
        try submit(bytes: WAVWriter.bytes(samples, sampleRateHz: 16_000), by: person, in: market, blobs, at: now, db)
    }

    static func submit(
        bytes: [UInt8], by person: ID<Contributor>, in market: Marketplace, _ blobs: BlobStore, at now: Timestamp,
        _ db: Connection
    ) throws -> ID<Recording> {
        let writer = try blobs.begin()
        try writer.write(bytes)
        let blob = StoredBlob(sha256: try writer.finish(), byteCount: Int64(bytes.count))
        let german = try #require(Language("de"))
        let quote = try market.lockQuote(
            PriceRequest(
                language: german, accent: nil, register: .friend, setting: .quiet, elicitation: .acted, emotion: .neutral,
                tier: .novice), seconds: nil, by: person, at: now, in: db)
        return try market.submitRecording(
            blob, .init(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: nil), by: person, at: now, in: db
        ).recording.id
    }
}
