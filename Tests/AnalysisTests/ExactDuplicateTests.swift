import Acoustics
import Analysis
import AudioFiles
import Domain
import Foundation
import Market
import Storage
import SyntheticVoice
import Testing

/// The same sound in other files: what is too short for a print is known by its samples.
struct ExactDuplicateTests {
    private let workshop: Workshop
    private static let speech = Utterance(
        speaker: Speaker(sex: .female, ageYears: 30, seed: 5), mood: .neutral, durationSeconds: 0.9, seed: 5
    ).samples(sampleRateHz: 16_000)
    private static let integers = speech.map { Int16(max(-32_768, min(32_767, ($0 * 32_768).rounded()))) }

    init() throws { workshop = try Workshop() }

    private static let wav = WAVWriter.bytes(speech, sampleRateHz: 16_000)
    private static let flac = VerbatimFLAC.bytes(integers, sampleRateHz: 16_000)

    /// Both channels hold the samples; silence was added at the ends.
    private static let stereo: [UInt8] = {
        let padded = [Int16](repeating: 3, count: 1234) + integers + [Int16](repeating: 0, count: 40_000)
        var bytes = WAVWriter.bytes([Float](repeating: 0, count: 2 * padded.count), sampleRateHz: 16_000)
        bytes[22] = 2
        bytes[32] = 4
        for (index, value) in padded.flatMap({ [$0, $0] }).enumerated() {
            let pattern = UInt16(bitPattern: value)
            bytes[44 + 2 * index] = UInt8(truncatingIfNeeded: pattern)
            bytes[45 + 2 * index] = UInt8(pattern >> 8)
        }
        return bytes
    }()

    private func analyse(_ bytes: [UInt8]) throws -> Analyser.Result {
        let url = workshop.folder.appending(path: UUID().uuidString)
        try Data(bytes).write(to: url)
        return try Analyser().analyse(path: url.path)
    }

    @Test func losslessCopiesHaveOneHash() throws {
        let plain = try #require(try analyse(Self.wav).canonicalHash)
        #expect(try analyse(Self.flac).format == .flac)
        #expect(try analyse(Self.flac).canonicalHash == plain)
        #expect(try analyse(Self.stereo).canonicalHash == plain)
        var louder = Self.speech
        louder[Self.speech.count / 2] += 0.01
        #expect(try analyse(WAVWriter.bytes(louder, sampleRateHz: 16_000)).canonicalHash != plain)
        #expect(try analyse(WAVWriter.bytes([Float](repeating: 0.0005, count: 9000), sampleRateHz: 16_000)).canonicalHash == nil)
    }

    /// Pauses longer than what waits in memory belong to the sound inside, and not at the end.
    @Test func longPausesAreHashedInsideOnly() throws {
        let pause = [Float](repeating: 0, count: 100_000)
        func hash(_ samples: [Float]) throws -> CanonicalHash? {
            try analyse(WAVWriter.bytes(samples, sampleRateHz: 16_000)).canonicalHash
        }
        let twice = try hash(Self.speech + pause + Self.speech)
        #expect(try hash(Self.speech + pause) == hash(Self.speech))
        #expect(try hash(pause + Self.speech + pause + Self.speech + pause) == twice)
        #expect(try hash(Self.speech + pause + pause + Self.speech) != twice)
        #expect(try hash(Self.speech) != twice)
    }

    @Test func aShortClipIsPaidOnceInWhateverFile() throws {
        let market = workshop.market
        let people = try (0..<2).map { _ in try workshop.contributor() }
        try workshop.withWorkers(2) { decide in
            func send(_ bytes: [UInt8], by person: ID<Contributor>) throws -> Recording {
                try decide([Workshop.Sent(by: person, bytes)])[0]
            }
            let first = try send(Self.wav, by: people[0])
            #expect(first.status == .accepted, "\(first.decision?.reasons ?? [])")
            #expect(try market.store.read { db in try RecordingPrints.find(first.id, in: db) } == nil)
            for copy in [Self.flac, Self.stereo] {
                let own = try send(copy, by: people[0])
                #expect(own.status == .rejected)
                #expect(own.decision?.reasons.contains(Resemblance.exactReasonCode) == true)
                let foreign = try send(copy, by: people[1])
                #expect(foreign.decision?.reasons.contains(Resemblance.exactReasonCode) != true || copy == Self.stereo)
                let found = try market.store.read { db in try Resemblances.list(of: foreign.id, in: db) }
                #expect(found.contains { $0.earlier == first.id && $0.isForeign && $0.bitErrorThousandths == 0 })
            }
        }
    }
}
