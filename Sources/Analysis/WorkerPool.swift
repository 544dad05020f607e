import Acoustics
import AudioFiles
import Dispatch
import Domain
import Emotion
import Foundation
import Logging
import Market
import Storage
import Synchronization

/// Threads that take analysis jobs from the database under a lease, so that a crash loses none and none is done twice.
public final class WorkerPool: Sendable {
    /// How often idle workers look for jobs whose lease ran out.
    static let pollSeconds = 5.0
    /// How soon a worker tries again what a full disk refused.
    static let retrySeconds = 0.25

    struct State {
        var isStopping = false
        /// Threads.
        var runningCount = 0
        var rings: UInt64 = 0
        /// Accepted on appeal, their prints not yet read.
        var appealed: [ID<Recording>] = []
        var inHand = JobsInHand()
    }

    let marketplace: Marketplace
    private let blobs: BlobStore
    private let analyser: Analyser
    private let models: ActiveModel
    private let prints = KnownPrints()
    let limits: WorkerLimits
    let logger: Logger
    let state = Mutex(State())
    let condition = NSCondition()

    public init(
        marketplace: Marketplace, blobs: BlobStore, analyser: Analyser = Analyser(), limits: WorkerLimits = WorkerLimits(),
        logger: Logger
    ) {
        self.limits = limits
        self.marketplace = marketplace
        self.blobs = blobs
        self.analyser = analyser
        self.logger = logger
        models = ActiveModel(logger: logger)
    }

    /// Starts the workers. Leases of an earlier process are freed first: whoever held them is gone. A re-analysis by an
    /// analyser of another version begins again.
    ///
    /// - Parameter workerCount: one a core less one serves well.
    public func start(workerCount: Int) throws {
        let freed = try marketplace.store.write { db in
            let freed = try Jobs.releaseAll(in: db)
            try marketplace.resumeReanalysis(analyser: Analyser.version, at: marketplace.now, in: db)
            return freed
        }
        if freed > 0 { logger.notice("jobs taken up again", metadata: ["count": "\(freed)"]) }
        let printCount = try marketplace.store.read { db in try prints.load(from: db) }
        logger.info("prints read", metadata: ["count": "\(printCount)"])
        _ = marketplace.jobBell.listen { [weak self] _ in self?.wake() }
        _ = marketplace.appealBell.listen { [weak self] recording in
            self?.state.withLock { $0.appealed.append(ID(stored: recording)) }
            self?.wake()
        }
        state.withLock { $0.runningCount = workerCount + 1 }
        for index in 0..<workerCount {
            startThread("analysis-\(index)") { [self] in work("worker-\(index)-\(UUID().uuidString)") }
        }
        startThread("analysis-watch") { [self] in watch() }
    }

    private func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Lets every worker leave the job that it has, which somebody takes up again, or finish it where it is nearly done; then
    /// returns.
    public func stop() {
        condition.withLock {
            state.withLock { $0.isStopping = true }
            condition.broadcast()
        }
        condition.withLock {
            while state.withLock({ $0.runningCount }) > 0 { condition.wait() }
        }
    }

    private func wake() {
        condition.withLock {
            state.withLock { $0.rings += 1 }
            condition.broadcast()
        }
    }

    private func work(_ token: String) {
        while !isStopping {
            let rings = state.withLock { $0.rings }
            var seconds = Self.pollSeconds
            do {
                try readAppealed()
                defer { letGo(token) }
                if let job = try lease(as: token) {
                    try perform(job, as: token)
                    continue
                }
            } catch let error as StorageError where error.isPassing {
                logger.warning("jobs must wait", metadata: ["error": "\(error)"])
                seconds = Self.retrySeconds
            } catch {
                logger.error("a worker failed", metadata: ["error": "\(error)"])
            }
            waitForNews(since: rings, seconds: seconds)
        }
        leave()
    }

    /// A thread ends.
    func leave() {
        condition.withLock {
            state.withLock { $0.runningCount -= 1 }
            condition.broadcast()
        }
    }

    private func letGo(_ token: String) {
        if state.withLock({ $0.inHand.letGo(token) }) { wake() }
    }

    /// What sounds like a recording that was accepted on appeal is found from now on.
    private func readAppealed() throws {
        while let recording = state.withLock({ $0.appealed.popLast() }) {
            do {
                try marketplace.store.read { db in try prints.insert(recording, from: db) }
            } catch {
                state.withLock { $0.appealed.append(recording) }
                throw error
            }
        }
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    private func waitForNews(since rings: UInt64, seconds: Double) {
        let deadline = Date(timeIntervalSinceNow: seconds)
        condition.withLock {
            while state.withLock({ !$0.isStopping && $0.rings == rings }) {
                if !condition.wait(until: deadline) { return }
            }
        }
    }

    private func lease(as token: String) throws -> Job? {
        // A look without a write first: idle workers must not take the writer's turn.
        let hasWork = try marketplace.store.read { db in
            try Jobs.countOpen(in: db) > 0 || Reanalyses.running(in: db) != nil
        }
        guard hasWork else { return nil }
        return try marketplace.store.write { db in
            let now = marketplace.now
            let next = try Jobs.next(at: now, in: db)
            guard state.withLock({ $0.inHand.mayTake(next) }) else { return nil }
            if next == nil, try marketplace.feedReanalysis(analyser: Analyser.version, at: now, in: db) == 0 { return nil }
            guard let job = try marketplace.leaseJob(as: token, seconds: limits.leaseSeconds, at: now, in: db) else { return nil }
            // Before the writer's turn ends: the next worker must see it.
            state.withLock { $0.inHand.take(job, as: token, at: .now) }
            return job
        }
    }

    /// Whether a worker should measure its file further. Asked before every block, so it looks at memory alone.
    func mayGoOn(_ token: String, _ budget: ThreadTimeBudget) -> Bool {
        state.withLock { !$0.isStopping && !$0.inHand.isCancelled(token) } && !budget.isUsedUp
    }

    func perform(_ job: Job, as token: String) throws {
        let recording = try marketplace.store.read { db in try Recordings.find(ID(stored: job.subject), in: db) }
        guard let recording else { return try giveUp(job, "no such recording") }
        guard job.isOpen(for: recording) else { return drop(job) }
        guard blobs.byteCount(of: recording.sha256) == recording.byteCount else {
            return try giveUp(job, "the audio of \(recording.id) is missing or has another size")
        }
        guard job.crashes < Job.crashesMax else { return reject(job, .stopsTheProgram(job.crashes)) }
        let budget = ThreadTimeBudget(seconds: limits.fileCPUSecondsMax)
        let overdue = ThreadTimeBudget(seconds: limits.fileCPUSecondsMax + limits.graceCPUSeconds)
        state.withLock { $0.inHand.begin(token, overdue) }
        do throws(AudioFileError) {
            let result = try analyser.analyse(path: blobs.path(of: recording.sha256)) { mayGoOn(token, budget) }
            if let result {
                keep(job) { try self.keep(result, of: recording, job) }
            } else if state.withLock({ $0.inHand.isCancelled(token) }) {
                drop(job)
            } else if budget.isUsedUp {
                reject(job, .tooSlow)
            } else {
                keep(job) { [marketplace] in
                    try marketplace.store.write { db in try marketplace.handBack(job, at: marketplace.now, in: db) }
                }
            }
        } catch {
            // A file that can't be read is not the speaker's fault.
            if case .unreadable = error { return try giveUp(job, error.sentence) }
            reject(job, Unmeasured(code: error.reasonCode, sentence: error.sentence))
        }
    }

    private func keep(_ result: Analyser.Result, of recording: Recording, _ job: Job) throws {
        // Scored before the writer's turn: that is for what only the writer can do.
        let emotion = try marketplace.store.read { db in try models.score(result, of: recording, in: db) }
        let measured = Measured(result, emotion: emotion)
        switch job.kind {
        case .analysis: try accept(measured, result.print, job)
        case .reanalysis:
            let isNewPrint = try marketplace.store.write { db in
                try marketplace.keepReanalysis(measured, job: job, at: marketplace.now, in: db)
            }
            if isNewPrint, let print = result.print { prints.insert(print.kept, of: recording.id) }
        }
    }

    /// Decides a recording with what sounds like it.
    private func accept(_ measured: Measured, _ print: Print?, _ job: Job) throws {
        let recording: ID<Recording> = ID(stored: job.subject)
        if let print { prints.claim(print, of: recording) }
        var isAccepted = false
        defer { if print != nil { prints.settle(recording, isAccepted: isAccepted) } }
        isAccepted = try marketplace.store.write { db in
            var measured = measured
            measured.likenesses = prints.likenesses(ofClaimed: recording)
            return try marketplace.acceptRecording(measured, job: job, at: marketplace.now, in: db)
        }
    }

    func reject(_ job: Job, _ why: Unmeasured) {
        keep(job) { [marketplace] in
            try marketplace.store.write { db in
                switch job.kind {
                case .analysis:
                    try marketplace.rejectRecording(
                        code: why.code, sentence: why.sentence, analyser: Analyser.version, job: job, fault: why.fault,
                        at: marketplace.now, in: db)
                case .reanalysis: try marketplace.failReanalysis(job, at: marketplace.now, in: db)
                }
            }
        }
    }

    /// Ends a job that nobody needs, or leaves it where somebody else has it.
    private func drop(_ job: Job) {
        logger.info("a job is not needed any more", metadata: ["job": "\(job.id)", "subject": "\(job.subject)"])
        keep(job) { [marketplace] in
            try marketplace.store.write { db in try marketplace.endUnneeded(job, at: marketplace.now, in: db) }
        }
    }

    /// Writes a result; one whose lease was lost is dropped, because another worker has the job. One that a full disk
    /// refuses is kept until there is space: the job could not even be given back.
    private func keep(_ job: Job, _ save: () throws -> Void) {
        do {
            try patiently(save)
        } catch MarketError.leaseLost {
            logger.notice("a result came too late", metadata: ["job": "\(job.id)"])
        } catch {
            logger.error("a result could not be kept", metadata: ["job": "\(job.id)", "error": "\(error)"])
            do { try giveUp(job, "\(error)") } catch {
                logger.error("a job could not be given back", metadata: ["job": "\(job.id)", "error": "\(error)"])
            }
        }
    }

    private func giveUp(_ job: Job, _ reason: String) throws {
        try patiently {
            try marketplace.store.write { db in try marketplace.giveUp(job, error: reason, at: marketplace.now, in: db) }
        }
    }

    /// Tries again while what is wrong may pass and the pool is not stopped.
    private func patiently(_ save: () throws -> Void) throws {
        while true {
            do {
                return try save()
            } catch let error as StorageError where error.isPassing && !isStopping {
                logger.warning("a result must wait", metadata: ["error": "\(error)"])
                waitForNews(since: state.withLock { $0.rings }, seconds: Self.retrySeconds)
            }
        }
    }
}

extension Measured {
    init(_ result: Analyser.Result, emotion: EmotionVerdict?) {
        self.init(
            analyser: Analyser.version, mediaType: result.format.mediaType, values: result.gradedValues,
            measurements: result.measurements, features: result.namedFeatures,
            vector: FeatureValues(result.features),
            print: result.print.map { RecordingPrint(version: Print.version, bytes: $0.kept.bytes) }, emotion: emotion,
            sampleCount: result.quality.sampleCount, sampleRateHz: Int64(result.quality.sampleRateHz))
        canonicalHash = result.canonicalHash
        flags = result.flags
    }
}
