import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// The meter of worked minutes, and what the pay floor made of them.
    var workSessions: [Route] {
        [
            Route(
                .post, "/v1/work-sessions", "Start the meter of worked minutes", .contributors, .contributor,
                body: .json(
                    .object([
                        .required("kind", .choice(WorkSession.Kind.self), "What you do"),
                        .optional("scenario", .nullable(.id(Scenario.self)), "What you will record"),
                        .optional("elicitation", .nullable(.choice(Elicitation.self)), "The scenario's if left out"),
                    ])), answers: [.created("The session", .workSession)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let (kind, scenario, elicitation) = try call.read { reader throws(FieldErrors) in
                    let kind = reader.parsed("kind", "must be recording or reviewing", WorkSession.Kind.init(rawValue:))
                    let scenario = reader.optionalParsed("scenario", "must be a scenario's id", ID<Scenario>.init(_:))
                    let elicitation = reader.optionalParsed("elicitation", "is no elicitation", Elicitation.init(rawValue:))
                    return (try reader.finish(kind), scenario, elicitation)
                }
                return try change(call) { db, now in
                    let session = try market.startWork(
                        kind, scenario: scenario, elicitation: elicitation, by: contributor, at: now, in: db)
                    return .created(session.json, at: "/v1/work-sessions/\(session.id)")
                }
            },
            Route(
                .get, "/v1/work-sessions", "Your work sessions, newest first", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Sessions", of: .workSession)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try WorkSessions.list(of: contributor, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/work-sessions/{id}", "A work session of yours", .contributors, .contributor,
                parameters: [.path("id", .id(WorkSession.self), "The session")],
                answers: [.json("The session", .workSession)], traits: [.conditional]
            ) { call in try look { db in .taggedJSON(try workSession(call, in: db).json) } },
            Route(
                .patch, "/v1/work-sessions/{id}", "Say that you are still at work, or that you have finished", .contributors,
                .contributor, parameters: [.path("id", .id(WorkSession.self), "The session")],
                body: .json(.object([.optional("ended", .boolean, "True ends the session; false if left out")])),
                answers: [.json("The session", .workSession)], problems: [.conflict], traits: [.conditional]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let id = try call.id(WorkSession.self)
                let ending = try call.read { reader throws(FieldErrors) in
                    let ended = reader.optionalBool("ended")
                    try reader.finish()
                    return ended ?? false
                }
                return try change(call, of: { db in try .strong(of: workSession(call, in: db).json) }) { db, now in
                    .taggedJSON(try market.noteWork(id, ending: ending, by: contributor, at: now, in: db).json)
                }
            },
            Route(
                .get, "/v1/me/floor-periods", "Your worked time held against the pay floor, newest first", .contributors,
                .contributor, parameters: Parameter.page, answers: [.page("Periods", of: .floorPeriod)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try FloorPeriods.list(of: contributor, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
        ]
    }

    /// The session in the path, if it is the caller's own.
    private func workSession(_ call: Call, in db: Connection) throws -> WorkSession {
        let contributor = try call.owner(Contributor.self)
        guard let session = try WorkSessions.find(call.id(WorkSession.self), in: db), session.contributor == contributor else {
            throw Problem.notFound
        }
        return session
    }
}

extension Schema {
    static let workSession = named(
        "WorkSession",
        object([
            .required("id", .id(WorkSession.self), "The session"),
            .required("kind", .choice(WorkSession.Kind.self), "What is done in it"),
            .required("scenario", .nullable(.id(Scenario.self)), "As told"),
            .required("elicitation", .nullable(.choice(Elicitation.self)), "As told, or as first recorded"),
            .required("started_at", .timestamp, "By the server's clock"),
            .required("last_activity_at", .timestamp, "By the server's clock"),
            .required("ended_at", .nullable(.timestamp), "Null while it runs"),
            .required("worked_seconds", .number(0...1e12), "Metered; pauses count up to the idle cut-off of the rate card"),
            .required("finished_seconds", .number(0...1e12), "Accepted speech that was uploaded in it"),
        ]))

    static let floorPeriod = named(
        "FloorPeriod",
        object([
            .required("id", .id(FloorPeriod.self), "The period"), .required("from", .timestamp, "Its first moment"),
            .required("until", .timestamp, "Its end"), .required("region", .nullable(.region), "Yours at the time"),
            .required("rate_card", .integer(), "Whose floor and rules applied"),
            .required("worked_minutes", .number(0...1e9), "That count: no minute twice, within the limits of the rate card"),
            .required("earned", .money, "Pay for recordings uploaded and reviews given in it; royalties do not count"),
            .required("floor_per_worked_hour", .money, "The floor"), .required("floor", .money, "The floor times the hours"),
            .required("top_up", .money, "What was missing, credited without being asked"),
            .required("transaction", .nullable(.ledgerEntry), "In the books; null where nothing was missing"),
            .required("closed_at", .timestamp, "When it was closed, once and for ever"),
        ]))
}

extension WorkSession {
    var json: JSON {
        [
            "id": .string(id.text), "kind": .string(kind.rawValue), "scenario": .orNull(scenario?.text),
            "elicitation": .orNull(elicitation?.rawValue), "started_at": startedAt.json,
            "last_activity_at": lastActivityAt.json, "ended_at": endedAt.json,
            "worked_seconds": .number(Double(workedMilliseconds) / 1000),
            "finished_seconds": .number(Double(finishedMilliseconds) / 1000),
        ]
    }
}

extension FloorPeriod {
    var json: JSON {
        [
            "id": .string(id.text), "from": from.json, "until": until.json, "region": .orNull(region),
            "rate_card": .integer(rateCard), "worked_minutes": .number(Double(sum.workedMilliseconds) / 60_000),
            "earned": sum.earned.json, "floor_per_worked_hour": sum.floorPerHour.json, "floor": sum.due.json,
            "top_up": sum.topUp.json, "transaction": .orNull(entry), "closed_at": closedAt.json,
        ]
    }
}
