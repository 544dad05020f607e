import Acoustics
import Analysis
import AudioFiles
import Dispatch
import Domain
import Emotion
import Foundation
import JSON
import Market
import Storage
import TestSupport
import Testing

/// Workers in a market with real files.
struct WorkerPoolTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    /// A model that was fitted on features that the program does not measure scores nothing, and stops nobody's pay.
    @Test(arguments: [true, false]) func recordingsAreDecidedWhateverTheModel(hasModel: Bool) throws {
        let (market, blobs, now) = (workshop.market, workshop.blobs, workshop.now)
        let recording = try market.store.write { db in
            if hasModel {
                let model = try market.addModel(Self.foreignModel().bytes, by: "admin", at: now, in: db)
                try market.activateModel(model, by: "admin", at: now, in: db)
            }
            return try Self.record(in: market, blobs, at: now, db)
        }
        let decided = DispatchSemaphore(value: 0)
        _ = market.recordingBell.listen { id in
            let found = try? market.store.read { db in try Recordings.find(recording, in: db) }
            if id == recording.text, found?.decision != nil { decided.signal() }
        }
        let pool = workshop.workers()
        try pool.start(workerCount: 1)
        // Long enough for any machine: it ends a test whose job never does.
        try #require(decided.wait(timeout: .now() + 120) == .success)
        pool.stop()
        try market.store.read { db in
            let decision = try #require(try Recordings.find(recording, in: db)?.decision)
            #expect(decision.perceivedEmotion == nil && decision.sampleCount == 16_000 * 3)
            #expect(try Jobs.list(state: nil, .init(limit: 10), in: db).rows.map(\.state) == [.done])
        }
    }

    /// A second look measures with real files, keeps what was decided, and scores against the speaker's earlier recordings.
    @Test func aSecondLookStandsBesideTheFirst() throws {
        let (market, blobs, now) = (workshop.market, workshop.blobs, workshop.now)
        let (recording, reanalysis) = try market.store.write { db in
            let recording = try Self.record(in: market, blobs, at: now, db)
            let job = try #require(try market.leaseJob(as: "old", seconds: 60, at: now, in: db))
            let values: [Measure: Double] = [
                .durationSeconds: 3, .snrDecibels: 40, .clippedShare: 0, .speechShare: 0.8, .bandwidthHz: 8000,
                .noiseFloorDecibels: -70, .loudnessLUFS: -23,
            ]
            try market.acceptRecording(
                Measured(
                    analyser: "old", mediaType: "audio/wav", values: values, measurements: [:], features: nil, emotion: nil,
                    sampleCount: 48_000, sampleRateHz: 16_000), job: job, at: now, in: db)
            return (recording, try market.startReanalysis(analyser: Analyser.version, by: "admin", at: now, in: db))
        }
        let before = try market.store.read { db in try Recordings.find(recording, in: db) }
        let ended = DispatchSemaphore(value: 0)
        _ = market.jobBell.listen { id in
            let found = try? market.store.read { db in try Reanalyses.find(reanalysis.id, in: db) }
            if id == reanalysis.id.text, found?.state == .done { ended.signal() }
        }
        let pool = workshop.workers()
        try pool.start(workerCount: 2)
        try #require(ended.wait(timeout: .now() + 120) == .success)
        pool.stop()
        try market.store.read { db in
            #expect(try Recordings.find(recording, in: db) == before)
            let analyses = try Analyses.all(of: recording, in: db)
            #expect(Set(analyses.map(\.analyser)) == ["old", Analyser.version])
            let fresh = try #require(analyses.first { $0.analyser == Analyser.version })
            #expect(fresh.vector?.values.count == ExtendedFeatureSet.names.count && fresh.features != nil)
        }
    }

    private static func foreignModel() throws -> EmotionModel {
        var chance = SeededRandom(seed: 7)
        let examples = (0..<60).map { number in
            let isAngry = number % 2 == 0
            return TrainingExample(
                vector: [Float.random(in: 0...1, using: &chance) + (isAngry ? 2 : 0)], label: isAngry ? "anger" : "sadness",
                speaker: "s\(number % 6)", source: "made", sha256: "")
        }
        return try EmotionTrainer(featureSet: "other", version: 1, featureCount: 1).train(examples, corpora: [])
    }

    /// Three seconds of a buzzing tone, uploaded under a quote.
    private static func record(
        in market: Marketplace, _ blobs: BlobStore, at now: Timestamp, _ db: Connection
    ) throws -> ID<Recording> {
        var chance = SeededRandom(seed: 3)
        let samples = (0..<48_000).map { n in
            let buzz = (1...20).reduce(0.0) { $0 + sin(2 * .pi * 140 * Double($1 * n) / 16_000) / Double($1) }
            return Float(0.2 * buzz + Double.random(in: -0.001...0.001, using: &chance))
        }
        let bytes = WAVWriter.bytes(samples, sampleRateHz: 16_000)
        let writer = try blobs.begin()
        try writer.write(bytes)
        let blob = StoredBlob(sha256: try writer.finish(), byteCount: Int64(bytes.count))
        let german = try #require(Language("de"))
        let person = try market.signUpContributor(
            languages: [.init(language: german)], region: "DE", profile: .init(), at: now, in: db
        ).contributor.id
        _ = try market.grantConsent(purposes: [.emotionRecognition], textVersion: nil, by: person, at: now, in: db)
        let quote = try market.lockQuote(
            PriceRequest(
                language: german, accent: nil, register: .friend, setting: .quiet, elicitation: .acted, emotion: .neutral,
                tier: .novice), seconds: nil, by: person, at: now, in: db)
        return try market.submitRecording(
            blob, .init(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: nil), by: person, at: now, in: db
        ).recording.id
    }
}
