import Domain
import Storage

extension Marketplace {
    /// Begins a second look over all accepted recordings that an analyser has not measured. Its results stand beside those by
    /// which grades were decided; grades, pay and the catalogue stay as they are.
    public func startReanalysis(
        analyser: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Reanalysis {
        if let running = try Reanalyses.running(in: db) {
            throw MarketError.wrongState("The re-analysis \(running.id) is running; wait for its end, or cancel it.")
        }
        let count = try Reanalyses.countUnmeasured(by: analyser, in: db)
        guard count > 0 else {
            throw MarketError.wrongState("All accepted recordings have been measured by \(analyser).")
        }
        let reanalysis = Reanalysis(
            id: ids.make(at: now), analyser: analyser, state: .running, startedBy: admin, startedAt: now, recordingCount: count)
        // Jobs of an earlier one that failed.
        try Jobs.removeAll(.reanalysis, in: db)
        try Reanalyses.insert(reanalysis, in: db)
        try AuditLog.append(
            actor: admin, action: "reanalysis.started", subject: reanalysis.id.text, detail: analyser, at: now, in: db)
        db.afterCommit { [jobBell] in jobBell.ring(reanalysis.id.text) }
        return reanalysis
    }

    /// Ends one that runs; what it has measured stays.
    public func cancelReanalysis(
        _ id: ID<Reanalysis>, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Reanalysis {
        guard let reanalysis = try Reanalyses.find(id, in: db) else { throw MarketError.notFound("re-analysis") }
        guard reanalysis.state == .running else {
            throw MarketError.wrongState("The re-analysis is \(reanalysis.state.rawValue).")
        }
        try Jobs.removeAll(.reanalysis, in: db)
        try Reanalyses.end(id, .cancelled, at: now, in: db)
        try AuditLog.append(actor: admin, action: "reanalysis.cancelled", subject: id.text, detail: "", at: now, in: db)
        return try Reanalyses.find(id, in: db)!
    }

    /// Lets another analyser than the one that a re-analysis was begun with begin it again, so that its counts are of the
    /// analyser that it names. Nothing changes where none runs, or where this analyser does it.
    public func resumeReanalysis(analyser: String, at now: Timestamp, in db: Connection) throws {
        guard let running = try Reanalyses.running(in: db), running.analyser != analyser else { return }
        // Those that wait, and those that failed with the earlier one: all are made again.
        try Jobs.removeAll(.reanalysis, in: db)
        try Reanalyses.beginAgain(
            running.id, analyser: analyser, recordingCount: Reanalyses.countUnmeasured(by: analyser, in: db), in: db)
        try AuditLog.append(
            actor: "server", action: "reanalysis.begun-again", subject: running.id.text,
            detail: "\(running.analyser) \(analyser)", at: now, in: db)
    }

    /// Makes jobs for the next recordings of the one that runs; answers how many. Where an analyser of another version runs
    /// than it was begun with, it begins again with that one.
    public func feedReanalysis(analyser: String, at now: Timestamp, in db: Connection) throws -> Int {
        try resumeReanalysis(analyser: analyser, at: now, in: db)
        guard let running = try Reanalyses.running(in: db) else { return 0 }
        let space = Reanalysis.waitingJobsMax - (try Jobs.countOpen(.reanalysis, in: db))
        guard space > 0 else { return 0 }
        let recordings = try Reanalyses.unmeasured(by: analyser, after: running.position, limit: space, in: db)
        for recording in recordings {
            try Jobs.insert(ids.make(at: now), .reanalysis, subject: recording.text, at: now, in: db)
        }
        if let last = recordings.last { try Reanalyses.advance(running.id, to: last.text, in: db) }
        try endIfComplete(running, recordings.isEmpty, at: now, in: db)
        if recordings.count > 1 { db.afterCommit { [jobBell] in jobBell.ring(running.id.text) } }
        return recordings.count
    }

    /// A recording that was accepted on appeal while one runs, where that is past it already. What lies ahead comes by itself.
    func includeInReanalysis(_ recording: ID<Recording>, at now: Timestamp, in db: Connection) throws {
        guard let running = try Reanalyses.running(in: db), recording.text <= running.position,
            try !Analyses.all(of: recording, in: db).contains(where: { $0.analyser == running.analyser })
        else { return }
        let job: ID<Job> = ids.make(at: now)
        try Jobs.insert(job, .reanalysis, subject: recording.text, at: now, in: db)
        db.afterCommit { [jobBell] in jobBell.ring(job.text) }
    }

    /// Gives a failed job another round; false for one that has not failed. A second look's is not counted as failed any more.
    public func retryJob(_ id: ID<Job>, in db: Connection) throws -> Bool {
        guard try Jobs.retry(id, in: db) else { return false }
        if try Jobs.find(id, in: db)?.kind == .reanalysis { try Reanalyses.uncountFailure(in: db) }
        db.afterCommit { [jobBell] in jobBell.ring(id.text) }
        return true
    }

    /// Keeps what a second look found beside what was decided.
    ///
    /// - Returns: whether its print is one that the recording did not have before.
    @discardableResult
    public func keepReanalysis(_ measured: Measured, job: Job, at now: Timestamp, in db: Connection) throws -> Bool {
        guard let recording = try recordingOfEnded(job, in: db) else { return false }
        let isNewPrint =
            try measured.print != nil && RecordingPrints.find(recording.id, in: db)?.version != measured.print?.version
        let (_, card) = try quotedTerms(of: recording, in: db)
        let isNew = try !Analyses.all(of: recording.id, in: db).contains { $0.analyser == measured.analyser }
        if isNew {
            try insertAnalysis(
                measured, Grading(card.gradeRules, values: measured.values), of: recording.id, at: now, in: db)
        }
        try count(measured: true, at: now, in: db)
        return isNew && isNewPrint
    }

    /// Notes that a recording can't be measured any more.
    public func failReanalysis(_ job: Job, at now: Timestamp, in db: Connection) throws {
        guard try recordingOfEnded(job, in: db) != nil else { return }
        try count(measured: false, at: now, in: db)
    }

    /// Ends the job; nil where its recording is withdrawn meanwhile.
    private func recordingOfEnded(_ job: Job, in db: Connection) throws -> Recording? {
        guard try Jobs.remove(job.id, lease: job.lease ?? "", in: db) else { throw MarketError.leaseLost(job.id) }
        let recording = try Recordings.find(ID(stored: job.subject), in: db)
        return recording?.status == .accepted ? recording : nil
    }

    func count(measured: Bool, at now: Timestamp, in db: Connection) throws {
        try Reanalyses.count(measured: measured, in: db)
    }

    /// The last recording ends it.
    private func endIfComplete(_ running: Reanalysis, _ isExhausted: Bool, at now: Timestamp, in db: Connection) throws {
        guard isExhausted, try Jobs.countOpen(.reanalysis, in: db) == 0 else { return }
        try Reanalyses.end(running.id, .done, at: now, in: db)
        db.afterCommit { [jobBell] in jobBell.ring(running.id.text) }
    }
}
