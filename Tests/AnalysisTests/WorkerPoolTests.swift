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

    /// What may be in force.
    enum Unfit: CaseIterable {
        case none, ofOtherFeatures, ofNewerProgram, noModel
    }

    private static func file(_ kind: Unfit) throws -> [UInt8]? {
        switch kind {
        case .none: nil
        case .ofOtherFeatures: try foreignModel().bytes
        case .ofNewerProgram:
            Array(
                String(decoding: try foreignModel().bytes, as: UTF8.self)
                    .replacing(/"format_version":[0-9]+/, with: "\"format_version\":1000").utf8)
        case .noModel: Array("{}".utf8)
        }
    }

    /// A model that can't be read, or that was fitted on features that the program does not measure, scores nothing, and stops
    /// nobody's pay.
    @Test(arguments: Unfit.allCases) func recordingsAreDecidedWhateverTheModel(kind: Unfit) throws {
        let (market, blobs, now) = (workshop.market, workshop.blobs, workshop.now)
        let recording = try market.store.write { db in
            if let file = try Self.file(kind) {
                // As it stands in the registry after an update of the program, or of another one.
                let model = try market.addModel(file, by: "admin", at: now, in: db)
                try Models.activate(model, at: now, in: db)
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

    @Test func aModelThatScoresNothingIsWarnedOfOnce() throws {
        let (market, now) = (workshop.market, workshop.now)
        try market.store.write { db in
            try Models.activate(market.addModel(Array("{}".utf8), by: "admin", at: now, in: db), at: now, in: db)
        }
        let recordings = try (1...2).map { try upload(times: $0) }
        let warnings = KeptWarnings()
        let pool = workshop.workers(logger: warnings.logger)
        try pool.start(workerCount: 1)
        try wait { try recordings.allSatisfy { try decision(of: $0) != nil } }
        pool.stop()
        #expect(warnings.all.count == 1 && warnings.all[0].hasPrefix("recordings get no emotion scores: the file is no model"))
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

    private func upload(times: Int = 1) throws -> ID<Recording> {
        try workshop.market.store.write { db in
            try Self.record(in: workshop.market, workshop.blobs, times: times, at: workshop.now, db)
        }
    }

    private func job() throws -> Job {
        try #require(
            try workshop.market.store.read { db in try Jobs.list(state: nil, .init(limit: 1), in: db).rows.first })
    }

    /// Waits, long enough for any machine.
    private func wait(until isDone: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(120)
        while try !isDone() {
            try #require(ContinuousClock.now < end)
            Thread.sleep(forTimeInterval: 0.01)
        }
    }

    private func decision(of recording: ID<Recording>) throws -> Recording.Decision? {
        try workshop.market.store.read { db in try Recordings.find(recording, in: db)?.decision }
    }

    @Test func aFileUnderWhichTheProcessEndedTooOftenIsDecided() throws {
        let recording = try upload()
        for number in 1...Job.crashesMax {
            try workshop.market.store.write { db in
                let job = try #require(try workshop.market.leaseJob(as: "gone", seconds: 60, at: workshop.now, in: db))
                #expect(job.crashes == number - 1)
                #expect(try Jobs.releaseAll(in: db) == 1)
            }
        }
        let pool = workshop.workers()
        try pool.start(workerCount: 2)
        try wait { try decision(of: recording) != nil }
        pool.stop()
        let found = try #require(try decision(of: recording))
        #expect(found.grade == .rejected && found.reasons == ["stops-the-program"])
        // An admin finds it among the failed jobs, and may have it tried again.
        #expect(try job().state == .failed && job().lastError?.contains("3 times") == true)
        let failed = try job().id
        #expect(try workshop.market.store.write { db in try Jobs.retry(failed, in: db) })
        #expect(try job().state == .waiting && job().crashes == 0 && job().attempts == 0)
    }

    @Test func aFileUnderWhichTheProcessEndedOnceIsMeasuredAllTheSame() throws {
        let recording = try upload()
        try workshop.market.store.write { db in
            _ = try workshop.market.leaseJob(as: "gone", seconds: 60, at: workshop.now, in: db)
        }
        let pool = workshop.workers()
        try pool.start(workerCount: 2)
        try wait { try decision(of: recording) != nil }
        pool.stop()
        #expect(try decision(of: recording)?.sampleCount == 48_000 && job().state == .done && job().crashes == 1)
    }

    @Test func aFileThatTakesTooLongIsRejected() throws {
        let recording = try upload(times: 10)
        var limits = WorkerLimits()
        limits.fileCPUSecondsMax = 0.001
        let pool = workshop.workers(limits)
        try pool.start(workerCount: 1)
        try wait { try decision(of: recording) != nil }
        pool.stop()
        #expect(try decision(of: recording)?.reasons == ["too-slow-to-measure"] && job().state == .done)
    }

    /// As where a decoder does not come back: the worker looks at its own budget too late, and what it finds is dropped.
    @Test func aFileIsDecidedWithoutTheWorkerThatDoesNotComeBack() throws {
        let recording = try upload(times: 200)
        var limits = WorkerLimits()
        (limits.graceCPUSeconds, limits.watchSeconds) = (0.01 - limits.fileCPUSecondsMax, 0.005)
        let pool = workshop.workers(limits)
        try pool.start(workerCount: 1)
        try wait { try decision(of: recording) != nil }
        #expect(try job().state == .done)
        pool.stop()
        #expect(try decision(of: recording)?.reasons == ["too-slow-to-measure"])
    }

    @Test func stoppingInMidFileGivesTheJobBackAsIfItHadNotBeenTaken() throws {
        let recording = try upload(times: 400)
        let pool = workshop.workers()
        try pool.start(workerCount: 1)
        try wait { try job().state == .leased }
        pool.stop()
        #expect(try decision(of: recording) == nil)
        #expect(try job().state == .waiting && job().attempts == 0 && job().crashes == 0 && job().lease == nil)
    }

    @Test func aLeaseIsHeldAsLongAsTheFileTakes() throws {
        _ = try upload(times: 400)
        var limits = WorkerLimits()
        (limits.leaseSeconds, limits.watchSeconds) = (0, 0.005)
        let pool = workshop.workers(limits)
        try pool.start(workerCount: 1)
        try wait { try job().state == .leased }
        // The clock is an hour on; a lease of no length that is renewed then is still there in the same moment.
        workshop.advance(seconds: 3600)
        let (market, now) = (workshop.market, workshop.now)
        try wait { try market.store.read { db in try Jobs.next(at: now, in: db) } == nil }
        #expect(try job().state == .leased)
        pool.stop()
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

    /// Three seconds of a buzzing tone, so many times over, uploaded under a quote.
    private static func record(
        in market: Marketplace, _ blobs: BlobStore, times: Int = 1, at now: Timestamp, _ db: Connection
    ) throws -> ID<Recording> {
        var chance = SeededRandom(seed: 3)
        let piece = (0..<48_000).map { n in
            let buzz = (1...20).reduce(0.0) { $0 + sin(2 * .pi * 140 * Double($1 * n) / 16_000) / Double($1) }
            return Float(0.2 * buzz + Double.random(in: -0.001...0.001, using: &chance))
        }
        let samples = [Float]((0..<times).map { _ in piece }.joined())
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
