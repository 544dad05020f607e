import Domain
import JSON
import Storage

/// Bytes that are safely on disk.
public struct StoredBlob: Sendable, Hashable {
    /// In hexadecimal; the name of the blob.
    public let sha256: String
    public let byteCount: Int64

    public init(sha256: String, byteCount: Int64) {
        self.sha256 = sha256
        self.byteCount = byteCount
    }
}

/// What comes with an upload.
public struct Submission: Sendable, Hashable {
    public var quote: ID<Quote>
    public var scenario: ID<Scenario>?
    public var mediaType: String
    public var filename: String?

    public init(quote: ID<Quote>, scenario: ID<Scenario>?, mediaType: String, filename: String?) {
        self.quote = quote
        self.scenario = scenario
        self.mediaType = mediaType
        self.filename = filename
    }
}

extension Marketplace {
    /// Checks everything about an upload but its bytes, so that a refusal comes before they are sent.
    ///
    /// - Parameter begunAt: when the upload passed this check first: a quote that expires while the bytes flow is honoured.
    @discardableResult
    public func checkSubmission(
        _ submission: Submission, by contributor: ID<Contributor>, begunAt: Timestamp? = nil, at now: Timestamp,
        in db: Connection
    ) throws -> Quote {
        guard let quote = try Quotes.find(submission.quote, in: db), quote.contributor == contributor else {
            throw MarketError.invalid("/quote", "is none of your quotes; POST /v1/quotes makes one")
        }
        guard begunAt ?? now < quote.expiresAt else { throw MarketError.quoteExpired(quote.expiresAt) }
        guard !quote.isExhausted else { throw MarketError.quoteExhausted(secondsMax: quote.secondsMax) }
        guard !quote.isSpokenFor else { throw MarketError.quoteSpokenFor(secondsMax: quote.secondsMax) }
        try checkConsent(of: contributor, in: db)
        if let id = submission.scenario {
            guard try scenario(id, in: db).matches(quote) else {
                throw MarketError.invalid(
                    "/scenario", "asks for another kind of speech than the quote prices; lock a quote for it")
            }
        }
        return quote
    }

    func checkConsent(of contributor: ID<Contributor>, in db: Connection) throws {
        guard let consent = try Consents.current(of: contributor, in: db), !consent.purposes.isEmpty else {
            throw MarketError.consentMissing
        }
    }

    /// The scenario that comes with an upload.
    func scenario(_ id: ID<Scenario>, in db: Connection) throws -> Scenario {
        guard let scenario = try Scenarios.find(id, in: db) else {
            throw MarketError.invalid("/scenario", "is no scenario; GET /v1/scenarios lists them")
        }
        return scenario
    }

    /// Takes a recording whose bytes are on disk: row, job and event in the caller's transaction. The same bytes by the
    /// same contributor again are the first recording.
    public func submitRecording(
        _ blob: StoredBlob, _ submission: Submission, by contributor: ID<Contributor>, begunAt: Timestamp? = nil,
        at now: Timestamp, in db: Connection
    ) throws -> (recording: Recording, isNew: Bool) {
        if let known = try Recordings.find(sha256: blob.sha256, of: contributor, in: db) { return (known, false) }
        let quote = try checkSubmission(submission, by: contributor, begunAt: begunAt, at: now, in: db)
        let recording = Recording(
            id: ids.make(at: now), contributor: contributor, quote: quote.id, scenario: submission.scenario,
            sha256: blob.sha256, byteCount: blob.byteCount, mediaType: submission.mediaType, filename: submission.filename,
            status: .queued, createdAt: now, cell: quote.request.cell, elicitation: quote.request.elicitation)
        try Recordings.insert(recording, in: db)
        try Quotes.expect(
            recording.id, of: quote.id,
            milliseconds: Quote.pendingMilliseconds(
                byteCount: blob.byteCount, recordingSecondsMax: try currentRateCard(in: db).card.recordingSecondsMax), in: db)
        try noteUpload(recording, at: now, in: db)
        let job: ID<Job> = ids.make(at: now)
        try Jobs.insert(job, .analysis, subject: recording.id.text, at: now, in: db)
        try announce("queued", of: recording.id, at: now, in: db)
        db.afterCommit { [jobBell] in jobBell.ring(job.text) }
        return (recording, true)
    }

    /// Writes an event and rings when it is on disk.
    func announce(
        _ kind: String, _ details: JSONObject = JSONObject(), of recording: ID<Recording>, at now: Timestamp, in db: Connection
    ) throws {
        var data: JSONObject = ["recording": .string(recording.text), "status": .string(kind), "at": .string(now.rfc3339)]
        for detail in details { data[detail.key] = detail.value }
        try RecordingEvents.append(kind, data: JSON.object(data).description, of: recording, at: now, in: db)
        db.afterCommit { [recordingBell] in recordingBell.ring(recording.text) }
    }
}

extension Scenario {
    /// Whether a quote prices this kind of speech.
    fileprivate func matches(_ quote: Quote) -> Bool {
        var cell = cell
        cell.accent = quote.request.cell.accent
        return cell == quote.request.cell && elicitation == quote.request.elicitation
            && (accent == nil || accent == quote.request.cell.accent)
    }
}
