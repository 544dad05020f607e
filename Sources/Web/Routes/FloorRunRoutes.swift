import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Runs of the pay floor.
    var floorRuns: [Route] {
        [
            Route(
                .post, "/v1/admin/floor-runs", "Hold worked time against the pay floor now", .admins, .admin,
                body: .json(.object([.optional("until", .timestamp, "Up to this moment; now if left out")])),
                answers: [.created("The run", .floorRun)], traits: [.idempotencyKey]
            ) { call in
                let admin = try call.principal.owner
                let until = try call.read { reader throws(FieldErrors) in
                    let until = reader.optionalParsed(
                        "until", "must be a time such as 2026-03-01T00:00:00Z", Timestamp.init(rfc3339:))
                    try reader.finish()
                    return until
                }
                return try change(call) { db, now in
                    let run = try market.runFloor(until: until, by: admin, at: now, in: db)
                    let currency = try market.currentRateCard(in: db).card.currency
                    return .created(run.json(currency), at: "/v1/admin/floor-runs")
                }
            },
            Route(
                .get, "/v1/admin/floor-runs", "Runs, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Runs", of: .floorRun)]
            ) { call in
                try look { db in
                    let currency = try market.currentRateCard(in: db).card.currency
                    let page = try FloorRuns.list(call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: { $0.json(currency) })
                }
            },
        ]
    }
}

extension Schema {
    static let floorRun = named(
        "FloorRun",
        object([
            .required("id", .id(FloorRun.self), "The run"), .required("admin", .nullable(.string()), "Null for the nightly run"),
            .required("until", .timestamp, "Up to this moment"), .required("started_at", .timestamp, "When"),
            .required("ended_at", .nullable(.timestamp), "Null where it was cut off; the next run takes up the rest"),
            .required("periods", .integer(0...Int64.max), "Periods that it closed"),
            .required("top_ups", .integer(0...Int64.max), "Of them with a top-up"), .required("total", .money, "Topped up"),
        ]))
}

extension FloorRun {
    func json(_ currency: Currency) -> JSON {
        [
            "id": .string(id.text), "admin": .orNull(admin), "until": until.json, "started_at": startedAt.json,
            "ended_at": endedAt.json, "periods": .integer(periodCount), "top_ups": .integer(topUpCount),
            "total": Money(micros: topUpMicros, currency: currency).json,
        ]
    }
}
