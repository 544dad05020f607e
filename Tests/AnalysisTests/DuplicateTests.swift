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
        let market = workshop.market
        let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), mood: .neutral, durationSeconds: 4, seed: 5)
            .samples(sampleRateHz: 16_000)
        let others = Utterance(speaker: Speaker(sex: .male, ageYears: 40, seed: 6), mood: .neutral, durationSeconds: 4, seed: 6)
            .samples(sampleRateHz: 16_000)
        let (person, stranger) = (try workshop.contributor(), try workshop.contributor())
        var chance = SeededRandom(seed: 9)
        func copy(_ samples: [Float], from start: Int) -> [Float] {
            samples.dropFirst(start).map { $0 * 0.7 + Float.random(in: -0.001...0.001, using: &chance) }
        }
        func decide(_ sent: [(ID<Contributor>, [Float])]) throws -> [Recording] {
            // Two at a time, so that copies are also measured at once.
            try workshop.withWorkers(2) { decide in try decide(sent.map { Workshop.Sent(by: $0.0, samples: $0.1) }) }
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
        let (market, now) = (workshop.market, workshop.now)
        let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), mood: .neutral, durationSeconds: 4, seed: 5)
            .samples(sampleRateHz: 16_000)
        let people = try (0..<2).map { _ in try workshop.contributor() }
        try workshop.withWorkers(1) { decide in
            func send(_ samples: [Float], by person: ID<Contributor>) throws -> Recording {
                try decide([Workshop.Sent(by: person, samples: samples)])[0]
            }
            let first = try send(speech, by: people[0])
            let copy = try send(speech.dropFirst(1_001).map { $0 * 0.7 }, by: people[0])
            #expect(first.status == .accepted && copy.status == .rejected)
            try market.store.write { db in
                let appeal = try market.appealRejection(of: copy.id, text: "I said it twice.", by: people[0], at: now, in: db)
                _ = try market.decideAppeal(appeal.id, isGranted: true, grade: .c, reasons: [], by: "admin", at: now, in: db)
            }
            let later = try send(speech.dropFirst(555).map { $0 * 0.5 }, by: people[1])
            let flagged = try market.store.read { db in try Resemblances.flagged(.init(limit: 9), in: db) }
            #expect(Set(flagged.rows.filter { $0.recording == later.id }.map(\.earlier)) == [first.id, copy.id])
        }
    }
}
