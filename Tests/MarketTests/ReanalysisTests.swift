import Domain
import Market
import Storage
import Testing

@Suite struct ReanalysisTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    /// Leases, and keeps a result of a newer analyser, until there is nothing left; answers the recordings' ids.
    private func work(_ analyser: String = "test-2", vector: FeatureValues? = nil, limit: Int = .max) throws -> [String] {
        var done: [String] = []
        while done.count < limit {
            let subject: String? = try stall.change { db, now in
                var job = try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db)
                if job == nil, try stall.market.feedReanalysis(analyser: analyser, at: now, in: db) > 0 {
                    job = try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db)
                }
                guard let job else { return nil }
                var measured = Stall.measured(1000, .rejected)
                measured.analyser = analyser
                measured.vector = vector
                try stall.market.keepReanalysis(measured, job: job, at: now, in: db)
                return job.subject
            }
            guard let subject else { break }
            done.append(subject)
        }
        return done
    }

    private func start(_ analyser: String = "test-2") throws -> Reanalysis {
        try stall.change { db, now in try stall.market.startReanalysis(analyser: analyser, by: "admin", at: now, in: db) }
    }

    private func found(_ id: ID<Reanalysis>) throws -> Reanalysis {
        try #require(try stall.look { db in try Reanalyses.find(id, in: db) })
    }

    @Test func `every accepted recording is measured once more, and nothing paid is changed`() throws {
        let person = try stall.contributor()
        let quote = try stall.quote(person)
        let recordings = try (0..<3).map { _ in try stall.record(quote, seconds: 60, grade: .a).id }
        try stall.record(quote, seconds: 60, grade: .rejected)
        let available = try stall.available(person)
        let before = try stall.look { db in try recordings.map { try Recordings.find($0, in: db) } }

        let begun = try start()
        #expect(begun.recordingCount == 3 && begun.state == .running)
        #expect(try work() == recordings.map(\.text))

        let ended = try found(begun.id)
        #expect(ended.state == .done && ended.measuredCount == 3 && ended.failedCount == 0 && ended.endedAt != nil)
        #expect(try stall.available(person) == available)
        try stall.look { db in
            let after = try recordings.map { try Recordings.find($0, in: db) }
            #expect(after == before)
            for recording in recordings {
                #expect(try Analyses.all(of: recording, in: db).map(\.analyser) == ["test", "test-2"])
                #expect(try Analyses.deciding(recording, in: db)?.analyser == "test")
            }
            #expect(try Jobs.countOpen(in: db) == 0)
        }
        try stall.expectSound()
        #expect(throws: MarketError.self) { try start() }
    }

    /// A job is leased as the process ends, and freed as the next one starts.
    private func restart() throws {
        try stall.change { db, now in _ = try stall.market.leaseJob(as: "gone", seconds: 60, at: now, in: db) }
        #expect(try stall.market.store.write { db in try Jobs.releaseAll(in: db) } == 1)
    }

    @Test func `it goes on where it was`() throws {
        let quote = try stall.quote(try stall.contributor())
        let recordings = try (0..<4).map { _ in try stall.record(quote, seconds: 60).id.text }
        let begun = try start()
        #expect(try work(limit: 2) == Array(recordings[..<2]))
        try restart()
        try stall.change { db, now in try stall.market.resumeReanalysis(analyser: "test-2", at: now, in: db) }
        #expect(try work() == Array(recordings[2...]))
        let ended = try found(begun.id)
        #expect(ended.state == .done && ended.analyser == "test-2" && ended.measuredCount == 4)
    }

    @Test func `another analyser begins it again, and all is measured by the one that it names`() throws {
        let quote = try stall.quote(try stall.contributor())
        let recordings = try (0..<4).map { _ in try stall.record(quote, seconds: 60).id }
        let begun = try start()
        #expect(try work(limit: 2) == recordings[..<2].map(\.text))
        // One has failed, and has its job still.
        for _ in 0..<Job.attemptsMax {
            try stall.change { db, now in
                let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
                try stall.market.giveUp(job, error: "the audio is missing", at: now, in: db)
            }
        }
        try restart()
        try stall.change { db, now in try stall.market.resumeReanalysis(analyser: "test-3", at: now, in: db) }
        let again = try found(begun.id)
        #expect(again.state == .running && again.analyser == "test-3" && again.recordingCount == 4)
        #expect(again.measuredCount == 0 && again.failedCount == 0 && again.position.isEmpty)
        #expect(try work("test-3") == recordings.map(\.text))
        let ended = try found(begun.id)
        #expect(ended.state == .done && ended.measuredCount == 4 && ended.failedCount == 0)
        for recording in recordings {
            let analyses = try stall.look { db in try Analyses.all(of: recording, in: db) }
            #expect(analyses.last?.analyser == "test-3")
        }
    }

    @Test func `a recording accepted on appeal behind it is measured too`() throws {
        let person = try stall.contributor()
        let quote = try stall.quote(person)
        let rejected = try stall.record(quote, seconds: 60, grade: .rejected).id
        for _ in 0..<2 { try stall.record(quote, seconds: 60) }
        let begun = try start()
        #expect(try work(limit: 1).count == 1)
        try stall.change { db, now in
            let appeal = try stall.market.appealRejection(of: rejected, text: nil, by: person, at: now, in: db)
            _ = try stall.market.decideAppeal(
                appeal.id, isGranted: true, grade: nil, reasons: [], by: "admin", at: now, in: db)
        }
        #expect(try Set(work()).contains(rejected.text))
        let ended = try found(begun.id)
        #expect(ended.state == .done && ended.measuredCount == 3 && ended.failedCount == 0)
        #expect(throws: MarketError.self) { try start() }
    }

    @Test func `a failed job that is tried again is counted once`() throws {
        let quote = try stall.quote(try stall.contributor())
        for _ in 0..<2 { try stall.record(quote, seconds: 60) }
        let begun = try start()
        try stall.change { db, now in _ = try stall.market.feedReanalysis(analyser: "test-2", at: now, in: db) }
        var failed: Job?
        for _ in 0..<Job.attemptsMax {
            try stall.change { db, now in
                let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
                try stall.market.giveUp(job, error: "the disk is broken", at: now, in: db)
                failed = job
            }
        }
        #expect(try found(begun.id).failedCount == 1)
        let id = try #require(failed?.id)
        #expect(try stall.change { db, _ in try stall.market.retryJob(id, in: db) })
        #expect(try !stall.change { db, _ in try stall.market.retryJob(id, in: db) })
        #expect(try work().count == 2)
        let ended = try found(begun.id)
        #expect(ended.state == .done && ended.measuredCount == 2 && ended.failedCount == 0)
    }

    @Test func `what somebody waits for comes first`() throws {
        let quote = try stall.quote(try stall.contributor())
        for _ in 0..<3 { try stall.record(quote, seconds: 60) }
        _ = try start()
        #expect(try work(limit: 1).count == 1)
        let fresh = try stall.upload(quote)
        try stall.change { db, now in
            let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
            #expect(job.kind == .analysis && job.subject == fresh.id.text)
        }
    }

    @Test func `cancelled, it leaves what it has measured and drops what is being measured`() throws {
        let quote = try stall.quote(try stall.contributor())
        for _ in 0..<3 { try stall.record(quote, seconds: 60) }
        let begun = try start()
        #expect(throws: MarketError.self) { try start() }
        #expect(try work(limit: 1).count == 1)
        let leased = try stall.change { db, now in
            try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
        }
        let cancelled = try stall.change { db, now in
            try stall.market.cancelReanalysis(begun.id, by: "admin", at: now, in: db)
        }
        #expect(cancelled.state == .cancelled && cancelled.measuredCount == 1)
        #expect(throws: MarketError.self) {
            try stall.change { db, now in
                try stall.market.keepReanalysis(Stall.measured(1000, .a), job: leased, at: now, in: db)
            }
        }
        #expect(try work().isEmpty)
        #expect(try start().recordingCount == 2)
        #expect(try work().count == 2)
    }

    @Test func `a recording that fails is counted, and the rest go on`() throws {
        let quote = try stall.quote(try stall.contributor())
        for _ in 0..<3 { try stall.record(quote, seconds: 60) }
        let begun = try start()
        try stall.change { db, now in
            #expect(try stall.market.feedReanalysis(analyser: "test-2", at: now, in: db) == 3)
            let broken = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
            try stall.market.failReanalysis(broken, at: now, in: db)
        }
        // The audio of one more is missing: after some attempts its job is left for an admin.
        for _ in 0..<Job.attemptsMax {
            try stall.change { db, now in
                let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
                try stall.market.giveUp(job, error: "the audio is missing", at: now, in: db)
            }
        }
        #expect(try work().count == 1)
        let ended = try found(begun.id)
        #expect(ended.state == .done && ended.measuredCount == 1 && ended.failedCount == 2)
    }

    @Test func `a withdrawn recording is not measured again`() throws {
        let person = try stall.contributor()
        let quote = try stall.quote(person)
        let recordings = try (0..<2).map { _ in try stall.record(quote, seconds: 60).id }
        let begun = try start()
        try stall.change { db, now in
            #expect(try stall.market.feedReanalysis(analyser: "test-2", at: now, in: db) == 2)
            _ = try stall.market.withdrawRecording(recordings[0], by: person, at: now, in: db)
        }
        #expect(try work().count == 2)
        #expect(try found(begun.id).measuredCount == 1)
        #expect(try stall.look { db in try Analyses.all(of: recordings[0], in: db).count } == 1)
    }

    @Test func `a clock that is set back does not change by which analysis a recording was decided`() throws {
        let recording = try stall.record(try stall.quote(try stall.contributor()), seconds: 60, grade: .a).id
        _ = try start()
        stall.advance(seconds: -3600)
        #expect(try work().count == 1)
        stall.advance(seconds: -3600)
        _ = try start("test-3")
        #expect(try work("test-3").count == 1)
        try stall.look { db in
            let all = try Analyses.all(of: recording, in: db)
            #expect(all.map(\.analyser) == ["test", "test-2", "test-3"])
            #expect(all.map(\.measuredAt.milliseconds) == (0..<3).map { all[0].measuredAt.milliseconds + $0 })
            #expect(try Analyses.deciding(recording, in: db)?.analyser == "test")
        }
    }

    @Test func `a recording that was measured twice counts once, with what was measured last`() throws {
        let person = try stall.contributor()
        for index in 0..<3 {
            _ = try stall.upload(try stall.quote(person))
            try stall.change { db, now in
                let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
                var measured = Stall.measured(1000, .a)
                measured.vector = FeatureValues(featureSet: "set 1", values: [Float(index)])
                try stall.market.acceptRecording(measured, job: job, at: now, in: db)
            }
        }
        let last = try stall.upload(try stall.quote(person))
        func values(_ set: String, _ limit: Int) throws -> [[Float?]] {
            try stall.look { db in
                try Analyses.vectors(of: person, before: last.id, featureSet: set, limit: limit, in: db).map(\.values)
            }
        }
        // The job of the last recording is first in line, and stays somebody else's.
        _ = try stall.change { db, now in try stall.market.leaseJob(as: "other", seconds: 3600, at: now, in: db) }
        _ = try start()
        #expect(try work(vector: FeatureValues(featureSet: "set 1", values: [7]), limit: 2).count == 2)
        #expect(try values("set 1", 10) == [[2], [7], [7]])
        #expect(try values("set 1", 2) == [[2], [7]])
        #expect(try work(vector: FeatureValues(featureSet: "set 2", values: [8])).count == 1)
        #expect(try values("set 1", 10) == [[2], [7], [7]])
        #expect(try values("set 2", 10) == [[8]])
    }

    @Test func `vectors of earlier accepted recordings are found, the newest first`() throws {
        let (person, other) = (try stall.contributor(), try stall.contributor())
        var recordings: [Recording] = []
        for (index, owner) in [person, person, other, person].enumerated() {
            let recording = try stall.upload(try stall.quote(owner))
            try stall.change { db, now in
                let job = try #require(try stall.market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
                var measured = Stall.measured(1000, index == 1 ? .rejected : .a)
                measured.vector = FeatureValues(featureSet: "set 1", values: [Float(index), nil])
                try stall.market.acceptRecording(measured, job: job, at: now, in: db)
            }
            recordings.append(recording)
        }
        let last = try stall.upload(try stall.quote(person))
        try stall.look { db in
            func values(_ set: String, _ limit: Int) throws -> [[Float?]] {
                try Analyses.vectors(of: person, before: last.id, featureSet: set, limit: limit, in: db).map(\.values)
            }
            let all = try values("set 1", 10)
            #expect(all == [[3, nil], [0, nil]])
            #expect(try values("set 1", 1) == [[3, nil]])
            #expect(try values("set 2", 10).isEmpty)
        }
    }
}
