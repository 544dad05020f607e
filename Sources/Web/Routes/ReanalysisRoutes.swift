import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Second looks over the catalogue with a newer analyser.
    var reanalyses: [Route] {
        [
            Route(
                .post, "/v1/admin/reanalyses",
                "Measure every accepted recording again that the present analyser has not measured; pay stays as it is", .admins,
                .admin, answers: [.created("It runs, behind all that somebody waits for", .reanalysis)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let admin = try call.principal.owner
                return try change(call) { db, now in
                    let reanalysis = try market.startReanalysis(analyser: analyser, by: admin, at: now, in: db)
                    return .created(reanalysis.json, at: "/v1/admin/reanalyses/\(reanalysis.id)")
                }
            },
            Route(
                .get, "/v1/admin/reanalyses", "Second looks, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Second looks", of: .reanalysis)]
            ) { call in
                try look { db in
                    call.list(try Reanalyses.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/admin/reanalyses/{id}", "How far one is", .admins, .admin,
                parameters: [.path("id", .id(Reanalysis.self), "Which")], answers: [.json("It", .reanalysis)]
            ) { call in
                let id = try call.id(Reanalysis.self)
                return try look { db in
                    guard let reanalysis = try Reanalyses.find(id, in: db) else { throw Problem.notFound }
                    return .json(200, reanalysis.json)
                }
            },
            Route(
                .delete, "/v1/admin/reanalyses/{id}", "Cancel one that runs; what it has measured stays", .admins, .admin,
                parameters: [.path("id", .id(Reanalysis.self), "Which")], answers: [.json("It", .reanalysis)],
                problems: [.conflict]
            ) { call in
                let admin = try call.principal.owner
                let id = try call.id(Reanalysis.self)
                return try change(call) { db, now in
                    .json(200, try market.cancelReanalysis(id, by: admin, at: now, in: db).json)
                }
            },
        ]
    }
}

extension Schema {
    static let reanalysis = named(
        "Reanalysis",
        object([
            .required("id", .id(Reanalysis.self), "The second look"), .required("analyser", .string(), "Version of the analyser"),
            .required("state", .choice(Reanalysis.State.self), "Where it stands"),
            .required("started_by", .string(), "The admin"), .required("started_at", .timestamp, "When it began"),
            .required("ended_at", .nullable(.timestamp), "When it ended"),
            .required("recording_count", .integer(), "Recordings to be measured, counted at the beginning"),
            .required("measured_count", .integer(), "Measured so far"),
            .required("failed_count", .integer(), "Those that could not be measured"),
        ]))
}

extension Reanalysis {
    var json: JSON {
        [
            "id": .string(id.text), "analyser": .string(analyser), "state": .string(state.rawValue),
            "started_by": .string(startedBy), "started_at": startedAt.json, "ended_at": endedAt.json,
            "recording_count": .integer(recordingCount), "measured_count": .integer(measuredCount),
            "failed_count": .integer(failedCount),
        ]
    }
}
