import Domain
import JSON
import Ledger
import Storage

/// What the worker pool found in one recording.
public struct Measured: Sendable {
    /// Name and version of the analyser.
    public var analyser: String
    public var mediaType: String
    /// What grades are decided by; a measure that could not be taken is absent.
    public var values: [Measure: Double]
    /// Everything measured, for the receipt.
    public var measurements: JSON
    public var features: JSON?
    /// What emotion models are given.
    public var vector: FeatureValues?
    /// What it sounds like; nil where too little is said.
    public var print: RecordingPrint?
    /// Of its canonical samples; nil where there is no sound.
    public var canonicalHash: CanonicalHash?
    /// What stands out for a person to look at.
    public var flags: [QualityFlag] = []
    /// Recordings that sound nearly the same, the most alike first.
    public var likenesses: [Likeness] = []
    public var emotion: EmotionVerdict?
    /// Finished samples, and how many make a second.
    public var sampleCount: Int64
    public var sampleRateHz: Int64

    /// The score of the active model.
    public struct EmotionVerdict: Sendable {
        public var model: String
        /// The best label, or "unknown".
        public var label: String
        public var document: JSON

        public init(model: String, label: String, document: JSON) {
            self.model = model
            self.label = label
            self.document = document
        }
    }

    public init(
        analyser: String, mediaType: String, values: [Measure: Double], measurements: JSON, features: JSON?,
        vector: FeatureValues? = nil, print: RecordingPrint? = nil, emotion: EmotionVerdict?, sampleCount: Int64,
        sampleRateHz: Int64
    ) {
        self.analyser = analyser
        self.mediaType = mediaType
        self.values = values
        self.measurements = measurements
        self.features = features
        self.vector = vector
        self.print = print
        self.emotion = emotion
        self.sampleCount = sampleCount
        self.sampleRateHz = sampleRateHz
    }
}

extension Marketplace {
    /// Takes the oldest free job under a lease.
    public func leaseJob(as token: String, seconds: Int64, at now: Timestamp, in db: Connection) throws -> Job? {
        guard let job = try Jobs.lease(as: token, at: now, until: now.adding(seconds: seconds), in: db) else { return nil }
        if let recording = try Recordings.find(ID(stored: job.subject), in: db), recording.status == .queued {
            try Recordings.setStatus(.analysing, of: recording.id, in: db)
            try announce("analysing", of: recording.id, at: now, in: db)
        }
        return job
    }

    /// Decides a measured recording: analysis, grade, pay and its ledger transaction in the caller's transaction. Without
    /// the lease nothing may be kept, so the call throws and the transaction is rolled back.
    ///
    /// - Returns: whether it was accepted: only then others are held against its print.
    @discardableResult
    public func acceptRecording(_ measured: Measured, job: Job, at now: Timestamp, in db: Connection) throws -> Bool {
        guard let recording = try undecided(job, at: now, in: db) else { return false }
        guard let quote = try Quotes.find(recording.quote, in: db), let record = try RateCards.find(quote.rateCard, in: db) else {
            throw MarketError.notFound("quote")
        }
        let card = try record.card()
        let grading = Grading(card.gradeRules, values: measured.values)
        let same = try sameRecordings(measured, of: recording, in: db)
        let repeated = try noteLikenesses(same + measured.likenesses, of: recording, at: now, in: db)
        try insertAnalysis(measured, grading, repeating: repeated, of: recording.id, at: now, in: db)
        let milliseconds = Int64(
            Rounding.halfToEven(Int128(measured.sampleCount) * 1000, over: Int128(max(1, measured.sampleRateHz))))
        var decision = Recording.Decision(
            at: now, grade: grading.grade, reasons: grading.rejectedMeasures.map(\.rawValue), sampleCount: measured.sampleCount,
            sampleRateHz: measured.sampleRateHz, durationMilliseconds: milliseconds,
            snrDecibels: measured.values[.snrDecibels], perceivedEmotion: measured.emotion?.label)
        if let repeated {
            decision.grade = .rejected
            decision.reasons.append(Resemblance.reasonCode(isExact: repeated.isExact))
        }
        if decision.grade != .rejected {
            try pay(recording, &decision, under: quote, card, at: now, in: db)
        }
        try decide(recording, decision, mediaType: measured.mediaType, at: now, in: db)
        return decision.grade != .rejected
    }

    /// Rejects a recording that could not be measured.
    ///
    /// - Parameters:
    ///   - code: the reason, such as "malformed-audio".
    ///   - sentence: what is wrong and what to do, in plain words.
    ///   - fault: what an admin should see of the job, which counts as failed then; nil where the fault is the recording's.
    public func rejectRecording(
        code: String, sentence: String, analyser: String, job: Job, fault: String? = nil, at now: Timestamp, in db: Connection
    ) throws {
        guard let recording = try undecided(job, fault: fault, at: now, in: db) else { return }
        let document: JSON = ["error": ["code": .string(code), "sentence": .string(sentence)]]
        try Analyses.insert(
            .init(
                recording: recording.id, analyser: analyser, measuredAt: now, document: document.description, features: nil,
                emotion: nil, model: nil), in: db)
        try decide(
            recording, Recording.Decision(at: now, grade: .rejected, reasons: [code]), mediaType: recording.mediaType, at: now,
            in: db)
    }

    /// Gives a job back after a failure that is not the recording's; after too many it is left for an admin.
    public func giveUp(_ job: Job, error: String, at now: Timestamp, in db: Connection) throws {
        let state: Job.State = job.attempts >= Job.attemptsMax ? .failed : .waiting
        guard try Jobs.end(job.id, lease: job.lease ?? "", state: state, error: error, at: now, in: db) else {
            throw MarketError.leaseLost(job.id)
        }
        if job.kind == .reanalysis, state == .failed { try count(measured: false, at: now, in: db) }
    }

    /// Gives a job back that was not worked on to its end, for nobody's fault.
    public func handBack(_ job: Job, at now: Timestamp, in db: Connection) throws {
        guard try Jobs.handBack(job.id, lease: job.lease ?? "", in: db) else { throw MarketError.leaseLost(job.id) }
    }

    /// Whether somebody who holds a job should still work on it.
    public func isNeeded(_ job: Job, in db: Connection) throws -> Bool {
        guard try Jobs.isHeld(job.id, lease: job.lease ?? "", in: db),
            let recording = try Recordings.find(ID(stored: job.subject), in: db)
        else { return false }
        return job.isOpen(for: recording)
    }

    /// Ends a job that is held but not needed any more. One that is needed after all is given back; one that is held no longer
    /// stays as it is.
    public func endUnneeded(_ job: Job, at now: Timestamp, in db: Connection) throws {
        let lease = job.lease ?? ""
        if try isNeeded(job, in: db) {
            _ = try Jobs.handBack(job.id, lease: lease, in: db)
        } else if job.kind == .reanalysis {
            _ = try Jobs.remove(job.id, lease: lease, in: db)
        } else {
            _ = try Jobs.end(job.id, lease: lease, state: .done, at: now, in: db)
        }
    }

    /// Holds a job for longer while it is worked on.
    public func renewLease(of job: Job, seconds: Int64, at now: Timestamp, in db: Connection) throws {
        guard try Jobs.renew(job.id, lease: job.lease ?? "", until: now.adding(seconds: seconds), in: db) else {
            throw MarketError.leaseLost(job.id)
        }
    }

    /// Ends the job and answers its recording, or nil where nothing is left to decide because it was withdrawn meanwhile.
    private func undecided(
        _ job: Job, fault: String? = nil, at now: Timestamp, in db: Connection
    ) throws -> Recording? {
        let state: Job.State = fault == nil ? .done : .failed
        guard try Jobs.end(job.id, lease: job.lease ?? "", state: state, error: fault, at: now, in: db) else {
            throw MarketError.leaseLost(job.id)
        }
        guard let recording = try Recordings.find(ID(stored: job.subject), in: db) else {
            throw MarketError.notFound("recording")
        }
        return recording.status == .queued || recording.status == .analysing ? recording : nil
    }

    /// - Parameter repeated: the contributor's own earlier recording that this one is nearly the same as.
    func insertAnalysis(
        _ measured: Measured, _ grading: Grading, repeating repeated: (earlier: Recording, isExact: Bool)? = nil,
        of recording: ID<Recording>, at now: Timestamp, in db: Connection
    ) throws {
        var document: JSONObject = [
            "measurements": measured.measurements,
            "checks": .array(grading.checks.map(\.json)),
            "fix": .orNull(grading.fix),
            "flags": .array(measured.flags.map(\.json)),
        ]
        if let repeated {
            document["error"] = [
                "code": .string(Resemblance.reasonCode(isExact: repeated.isExact)),
                "sentence": .string(Resemblance.sentence(repeated.earlier, isExact: repeated.isExact)),
            ]
        }
        if let print = measured.print { try RecordingPrints.save(print, of: recording, in: db) }
        if let hash = measured.canonicalHash { try CanonicalHashes.save(hash, of: recording, in: db) }
        for flag in measured.flags { try QualityFlags.insert(flag, of: recording, at: now, in: db) }
        try Analyses.insert(
            .init(
                recording: recording, analyser: measured.analyser, measuredAt: now, document: JSON.object(document).description,
                features: measured.features?.description, emotion: measured.emotion?.document.description,
                model: measured.emotion?.model, vector: measured.vector), in: db)
    }

    /// Accepts a rejected recording after a second look, by the same way as at first: its own quote and card price it, also
    /// when the quote has expired or is used up.
    func acceptOnAppeal(_ recording: Recording, grade: Grade, at now: Timestamp, in db: Connection) throws {
        guard var decision = recording.decision else { throw MarketError.notFound("decision") }
        let (quote, card) = try quotedTerms(of: recording, in: db)
        try GradeRecords.add(
            .rejected, recordings: -1, milliseconds: -(decision.durationMilliseconds ?? 0), of: recording.contributor,
            in: recording.cell.language, db)
        decision.at = now
        decision.grade = grade
        decision.reasons = []
        try pay(recording, &decision, under: quote, card, at: now, in: db)
        try decide(recording, decision, mediaType: recording.mediaType, at: now, in: db)
        try includeInReanalysis(recording.id, at: now, in: db)
        db.afterCommit { [appealBell] in appealBell.ring(recording.id.text) }
    }

    /// Books the pay of accepted speech, and counts it wherever it counts.
    private func pay(
        _ recording: Recording, _ decision: inout Recording.Decision, under quote: Quote, _ card: RateCard, at now: Timestamp,
        in db: Connection
    ) throws {
        let milliseconds = decision.durationMilliseconds ?? 0
        decision.entry = try book(recording, decision, under: quote, card, at: now, in: db)
        decision.weight = Recording.weight(
            durationMilliseconds: milliseconds, gradeFactor: card.grades[decision.grade] ?? .one,
            tierFactor: card.tiers[quote.request.tier] ?? .one)
        try Quotes.use(quote.id, milliseconds: milliseconds, in: db)
        try Targets.addAccepted(milliseconds: milliseconds, to: recording.cell, in: db)
        try noteAccepted(recording.id, milliseconds: milliseconds, at: now, in: db)
    }

    /// Books the pay; answers the transaction, nil where the pay rounds to nothing.
    private func book(
        _ recording: Recording, _ decision: Recording.Decision, under quote: Quote, _ card: RateCard, at now: Timestamp,
        in db: Connection
    ) throws -> String? {
        let factor = card.grades[decision.grade] ?? .one
        let pay = Pay(
            hourlyBeforeTier: quote.hourlyBeforeTier, hourly: quote.hourly, gradeFactor: factor,
            sampleCount: decision.sampleCount ?? 0, sampleRateHz: decision.sampleRateHz ?? 1,
            bounty: quote.bounty.map { ($0.perHour, quote.bountyMillisecondsLeft) })
        guard pay.total.micros > 0 else { return nil }
        let currency = quote.hourly.currency
        let books = Books(db)
        let transaction = try Entries.recordingAccepted(
            recording.id.text, contributor: recording.contributor.text,
            base: Money(micros: pay.base.micros + pay.bounty.micros, currency: currency), tierPremium: pay.tierPremium,
            qualityPremium: pay.qualityPremium,
            bounty: try quote.bounty.map { offer in
                (
                    offer.bounty.text,
                    try drawable(
                        from: offer, for: quote, milliseconds: decision.durationMilliseconds ?? 0, at: now, in: db)
                )
            }, fundHolds: try books.funds(in: Account(.acquisitionFund, currency)),
            on: occasion(at: now))
        try books.post(transaction)
        try Earnings.insert(
            .init(
                recording: recording.id, contributor: recording.contributor, entry: transaction.id, pay: pay,
                gradeFactor: factor, tierFactor: card.tiers[quote.request.tier] ?? .one, createdAt: now), in: db)
        return transaction.id
    }

    /// When a transaction is booked, and its id.
    func occasion(at now: Timestamp) -> Occasion { Occasion(id: ids.make(at: now, Entry.self).text, at: now) }

    private func decide(
        _ recording: Recording, _ decision: Recording.Decision, mediaType: String, at now: Timestamp, in db: Connection
    ) throws {
        let status: Recording.Status = decision.grade == .rejected ? .rejected : .accepted
        try Recordings.decide(recording.id, status: status, mediaType: mediaType, decision: decision, in: db)
        try Quotes.settle(recording.id, of: recording.quote, in: db)
        try noteGrade(decision.grade, milliseconds: decision.durationMilliseconds ?? 0, of: recording, at: now, in: db)
        try announce(
            status.rawValue, ["grade": .string(decision.grade.rawValue), "reasons": .strings(decision.reasons)],
            of: recording.id, at: now, in: db)
    }
}

extension QualityFlag {
    /// The code and what it says to the contributor.
    fileprivate var json: JSON { ["code": .string(rawValue), "sentence": .string(sentence)] }
}

extension Grading.Check {
    /// The measure, its value, the grade that it earned and the thresholds.
    var json: JSON {
        [
            "measure": .string(rule.measure.rawValue), "value": .orNull(value), "grade": .string(grade.rawValue),
            "better": rule.measure.isBetterWhenLarger ? "larger" : "smaller", "A": .number(rule.a), "B": .number(rule.b),
            "C": .number(rule.c), "fix": .string(rule.measure.fix),
        ]
    }
}
