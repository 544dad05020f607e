import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Balances that nobody asked for, and their way back.
    var dormantBalances: [Route] {
        [
            Route(
                .post, "/v1/admin/dormant-runs", "Give notice to who is long away, set aside what is due", .admins, .admin,
                answers: [
                    .json(
                        "What the run did",
                        .object([
                            .required("noticed", .array(of: .dormantBalance, 0...500), "Who should be told now"),
                            .required("set_aside", .array(of: .dormantBalance, 0...500), "Whose balance was set aside"),
                            .required("lapsed", .array(of: .dormantBalance, 0...500), "Who came back in time"),
                            .required("has_more", .boolean, "Whether a further run has more to do"),
                        ]))
                ], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                return try change(call) { db, now in
                    let run = try market.setAsideDormantBalances(by: owner, at: now, in: db)
                    return .json(
                        200,
                        [
                            "noticed": .array(run.noticed.map(\.json)), "set_aside": .array(run.setAside.map(\.json)),
                            "lapsed": .array(run.lapsed.map(\.json)), "has_more": .bool(run.hasMore),
                        ])
                }
            },
            Route(
                .get, "/v1/admin/dormant-balances", "Notices and what became of them, newest first", .admins, .admin,
                parameters: Parameter.page, answers: [.page("Dormant balances", of: .dormantBalance)]
            ) { call in
                try look { db in
                    call.list(try DormantBalances.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .post, "/v1/me/reclaims", "Get back what was set aside while you were away", .contributors, .contributor,
                answers: [
                    .json(
                        "What is yours to use again",
                        .object([.required("reclaimed", .array(of: .dormantBalance), "Each time it was set aside")]))
                ], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try change(call) { db, now in
                    let reclaimed = try market.reclaimBalance(by: contributor, at: now, in: db)
                    return .json(200, ["reclaimed": .array(reclaimed.map(\.json))])
                }
            },
        ]
    }
}

extension Schema {
    static let dormantBalance = named(
        "DormantBalance",
        object([
            .required("id", .id(DormantBalance.self), "It"), .required("contributor", .id(Contributor.self), "Whose"),
            .required("status", .choice(DormantBalance.Status.self), "Where it stands"),
            .required("amount", .money, "Available at the notice; once set aside, what was set aside"),
            .required("noticed_at", .timestamp, "When notice was given"),
            .required("due_at", .timestamp, "When it is set aside unless they come back"),
            .required("transaction", .nullable(.ledgerEntry), "That set it aside"),
            .required("updated_at", .timestamp, "When it moved last"),
        ]))
}

extension DormantBalance {
    var json: JSON {
        [
            "id": .string(id.text), "contributor": .string(contributor.text), "status": .string(status.rawValue),
            "amount": amount.json, "noticed_at": noticedAt.json, "due_at": dueAt.json, "transaction": .orNull(entry),
            "updated_at": updatedAt.json,
        ]
    }
}
