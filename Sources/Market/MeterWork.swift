import Domain
import Storage

extension Marketplace {
    /// Sessions that one person may have open at a time.
    public static let openSessionsMax = 10
    /// A session without activity for so long is ended for its contributor.
    public static let idleSessionSeconds: Int64 = 3600

    /// Starts the meter.
    ///
    /// - Parameter scenario: what will be recorded; it tells the elicitation where that is left out.
    public func startWork(
        _ kind: WorkSession.Kind, scenario: ID<Scenario>?, elicitation: Elicitation?, by contributor: ID<Contributor>,
        at now: Timestamp, in db: Connection
    ) throws -> WorkSession {
        var told = elicitation
        if let scenario {
            guard let known = try Scenarios.find(scenario, in: db) else {
                throw MarketError.invalid("/scenario", "is no scenario; GET /v1/scenarios lists them")
            }
            told = told ?? known.elicitation
        }
        guard try WorkSessions.open(of: contributor, in: db).count < Self.openSessionsMax else {
            throw MarketError.wrongState(
                "\(Self.openSessionsMax) work sessions are open; end one: PATCH /v1/work-sessions/{id} with {\"ended\": true}.")
        }
        let session = WorkSession(
            id: ids.make(at: now), contributor: contributor, kind: kind, scenario: scenario, elicitation: told, startedAt: now,
            lastActivityAt: now)
        try WorkSessions.insert(session, in: db)
        return session
    }

    /// Notes that somebody is at work, and ends the session if told; ending it again changes nothing.
    public func noteWork(
        _ id: ID<WorkSession>, ending: Bool, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> WorkSession {
        guard let session = try WorkSessions.find(id, in: db), session.contributor == contributor else {
            throw MarketError.notFound("work session")
        }
        if session.endedAt != nil {
            guard ending else {
                throw MarketError.wrongState("The work session has ended; start another: POST /v1/work-sessions.")
            }
            return session
        }
        try touch(session, at: now, in: db)
        if ending { try WorkSessions.end(id, at: max(now, session.lastActivityAt), in: db) }
        guard let noted = try WorkSessions.find(id, in: db) else { throw MarketError.notFound("work session") }
        return noted
    }

    /// Puts an upload into the newest open recording session, if there is one; it counts as activity.
    func noteUpload(_ recording: Recording, at now: Timestamp, in db: Connection) throws {
        let open = try WorkSessions.open(of: recording.contributor, in: db)
        guard let session = open.first(where: { $0.kind == .recording }) else { return }
        try touch(session, at: now, in: db)
        try WorkSessions.add(recording.id, of: recording.elicitation, to: session, in: db)
    }

    /// Adds accepted speech to its session; where that is still open, it counts as activity.
    func noteAccepted(_ recording: ID<Recording>, milliseconds: Int64, at now: Timestamp, in db: Connection) throws {
        guard let session = try WorkSessions.addFinished(milliseconds: milliseconds, of: recording, in: db),
            session.endedAt == nil
        else { return }
        try touch(session, at: now, in: db)
    }

    /// Ends sessions that were left open, at their last activity; answers how many.
    @discardableResult
    public func endIdleSessions(at now: Timestamp, in db: Connection) throws -> Int {
        let idle = try WorkSessions.idle(since: now.adding(seconds: -Self.idleSessionSeconds), in: db)
        for session in idle { try WorkSessions.end(session.id, at: session.lastActivityAt, in: db) }
        return idle.count
    }

    private func touch(_ session: WorkSession, at now: Timestamp, in db: Connection) throws {
        let cutOff = try currentRateCard(in: db).card.workRules.idleCutOffSeconds
        let span = WorkedSpan(after: session.lastActivityAt, activityAt: now, idleCutOffSeconds: cutOff)
        try WorkSessions.touch(session, span, at: now, in: db)
    }
}
