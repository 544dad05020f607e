import Domain
import Foundation
import JSON
import Market
import Storage
import Synchronization
import Testing

@testable import Analysis

/// What nobody needs any more is not measured.
struct CancellationTests {
    enum Kind: CaseIterable { case analysis, reanalysis }
    enum Event: CaseIterable { case withdrawal, cancellation, otherWorker }

    private let workshop: Workshop
    private let token = "worker"

    init() throws { workshop = try Workshop() }

    /// A recording and the job for it, which `token` holds.
    private func leased(_ kind: Kind) throws -> (recording: Recording, job: Job) {
        let (market, now) = (workshop.market, workshop.now)
        let sent = Workshop.Sent(by: try workshop.contributor(), samples: (0..<16_000).map { sin(Float($0) / 20) / 4 })
        return try market.store.write { db in
            let recording = try workshop.submit(sent, db)
            var job = try #require(try market.leaseJob(as: token, seconds: 60, at: now, in: db))
            if kind == .reanalysis {
                let values: [Measure: Double] = [
                    .durationSeconds: 1, .snrDecibels: 40, .clippedShare: 0, .speechShare: 0.8, .bandwidthHz: 8000,
                    .noiseFloorDecibels: -70, .loudnessLUFS: -23,
                ]
                try market.acceptRecording(
                    Measured(
                        analyser: "old", mediaType: "audio/wav", values: values, measurements: [:], features: nil, emotion: nil,
                        sampleCount: 16_000, sampleRateHz: 16_000), job: job, at: now, in: db)
                _ = try market.startReanalysis(analyser: Analyser.version, by: "admin", at: now, in: db)
                #expect(try market.feedReanalysis(analyser: Analyser.version, at: now, in: db) == 1)
                job = try #require(try market.leaseJob(as: token, seconds: 60, at: now, in: db))
            }
            return (try #require(try Recordings.find(recording, in: db)), job)
        }
    }

    private func withdraw(_ recording: Recording) throws {
        _ = try workshop.market.store.write { db in
            try workshop.market.withdrawRecording(recording.id, by: recording.contributor, at: workshop.now, in: db)
        }
    }

    private func found(_ job: Job) throws -> Job? { try workshop.market.store.read { db in try Jobs.find(job.id, in: db) } }

    /// A pool that is not started, with that job in hand as if a worker had begun to measure.
    private func pool(measuring job: Job) -> WorkerPool {
        let pool = workshop.workers()
        pool.state.withLock {
            $0.inHand.take(job, as: token, at: .now - .seconds(1000))
            $0.inHand.begin(token, ThreadTimeBudget(seconds: 1000))
        }
        return pool
    }

    @Test(arguments: Kind.allCases) func theJobOfAWithdrawnRecordingEndsAndItsFileIsNotRead(kind: Kind) throws {
        let (recording, job) = try leased(kind)
        try withdraw(recording)
        // Whoever looked for the file would give the job back.
        try FileManager.default.removeItem(atPath: workshop.blobs.path(of: recording.sha256))
        try workshop.workers().perform(job, as: token)
        #expect(try found(job)?.state == (kind == .analysis ? .done : nil))
        #expect(try workshop.market.store.read { db in try Jobs.countOpen(in: db) } == 0)
    }

    @Test(arguments: Event.allCases) func aWorkerIsCalledBackFromWhatNobodyNeeds(event: Event) throws {
        let (recording, job) = try leased(event == .cancellation ? .reanalysis : .analysis)
        let pool = pool(measuring: job)
        let budget = ThreadTimeBudget(seconds: 1000)
        pool.cancelUnneeded()
        pool.renewLeases()
        #expect(pool.mayGoOn(token, budget))
        let market = workshop.market
        switch event {
        case .withdrawal: try withdraw(recording)
        case .cancellation:
            try market.store.write { db in
                let running = try #require(try Reanalyses.running(in: db))
                _ = try market.cancelReanalysis(running.id, by: "admin", at: workshop.now, in: db)
            }
        case .otherWorker:
            workshop.advance(seconds: 3600)
            let taken = try market.store.write { db in
                try market.leaseJob(as: "other", seconds: 60, at: workshop.now, in: db)
            }
            #expect(taken?.id == job.id)
        }
        pool.cancelUnneeded()
        #expect(!pool.mayGoOn(token, budget))
    }

    @Test func aLeaseThatCannotBeRenewedCallsTheWorkerBack() throws {
        let (_, job) = try leased(.analysis)
        let pool = pool(measuring: job)
        _ = try workshop.market.store.write { db in try Jobs.releaseAll(in: db) }
        pool.renewLeases()
        #expect(!pool.mayGoOn(token, ThreadTimeBudget(seconds: 1000)))
    }

    @Test func ofACancelledSecondLookNothingIsKept() throws {
        let (recording, job) = try leased(.reanalysis)
        let pool = pool(measuring: job)
        let market = workshop.market
        try market.store.write { db in
            let running = try #require(try Reanalyses.running(in: db))
            _ = try market.cancelReanalysis(running.id, by: "admin", at: workshop.now, in: db)
        }
        pool.cancelUnneeded()
        try pool.perform(job, as: token)
        #expect(try found(job) == nil)
        #expect(try market.store.read { db in try Analyses.all(of: recording.id, in: db) }.map(\.analyser) == ["old"])
    }

    @Test func aJobThatIsNeededAfterAllIsGivenBack() throws {
        let (recording, job) = try leased(.analysis)
        let pool = pool(measuring: job)
        pool.state.withLock { $0.inHand.cancel(job) }
        try pool.perform(job, as: token)
        #expect(try found(job)?.state == .waiting)
        #expect(try workshop.market.store.read { db in try Recordings.find(recording.id, in: db) }?.decision == nil)
    }
}
