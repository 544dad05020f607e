import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Asking for a second look at a rejection, and deciding it.
    var appeals: [Route] {
        [
            Route(
                .post, "/v1/recordings/{id}/appeal", "Ask for another look at a rejected recording, once", .contributors,
                .contributor, parameters: [.path("id", .id(Recording.self), "The recording")],
                body: .json(
                    .object([.optional("text", .nullable(.string(1...2000)), "Why, in your own words")]), isRequired: false),
                answers: [.created("The appeal; the recording shows where it stands", .appeal)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let id = try call.id(Recording.self)
                let text =
                    call.body.isNull
                    ? nil
                    : try call.read { reader throws(FieldErrors) in
                        let text = reader.optionalString("text", min: 1, max: 2000)
                        try reader.finish()
                        return text
                    }
                return try change(call) { db, now in
                    let appeal = try market.appealRejection(of: id, text: text, by: contributor, at: now, in: db)
                    return .created(appeal.json, at: "/v1/recordings/\(id)")
                }
            },
            Route(
                .get, "/v1/admin/appeals", "Appeals, oldest first", .admins, .admin,
                parameters: [.query("status", .choice(Appeal.Status.self), "Only these")] + Parameter.page,
                answers: [.page("Appeals", of: .appeal)]
            ) { call in
                let status = try call.query.parsed("status", Appeal.Status.init(rawValue:))
                return try look { db in
                    let page = try Appeals.list(status: status, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .post, "/v1/admin/appeals/{id}/decision", "Decide an open appeal", .admins, .admin,
                parameters: [.path("id", .id(Appeal.self), "The appeal")],
                body: .json(
                    .object([
                        .required("granted", .boolean, "Whether the recording is accepted after all"),
                        .optional("grade", .choice(["A", "B", "C"]), "What it is paid at; the card's grade if left out"),
                        .optional("reasons", .array(of: .string(1...500), 0...10), "Plain sentences; a refusal needs one"),
                    ])), answers: [.json("The decided appeal", .appeal)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let admin = try call.principal.owner
                let id = try call.id(Appeal.self)
                let (isGranted, grade, reasons) = try call.read { reader throws(FieldErrors) in
                    let isGranted = reader.bool("granted")
                    let grade = reader.optionalParsed("grade", "must be A, B or C") {
                        Grade(rawValue: $0).flatMap { $0 == .rejected ? nil : $0 }
                    }
                    let reasons = reader.optionalStrings("reasons", count: 0...10, max: 500) ?? []
                    try reader.finish()
                    return (isGranted, grade, reasons)
                }
                return try change(call) { db, now in
                    let appeal = try market.decideAppeal(
                        id, isGranted: isGranted, grade: grade, reasons: reasons, by: admin, at: now, in: db)
                    return .json(200, appeal.json)
                }
            },
        ]
    }
}

extension Schema {
    static let appeal = named(
        "Appeal",
        object([
            .required("id", .id(Appeal.self), "The appeal"), .required("recording", .id(Recording.self), "About this one"),
            .required("status", .choice(Appeal.Status.self), "Where it stands"),
            .required("text", .nullable(.string()), "The contributor's words"),
            .required("rejected_for", .array(of: .string()), "Reason codes of the rejection"),
            .required("verdicts_needed", .integer(), "So many fresh reviewers of one mind decide"),
            .required("created_at", .timestamp, "When it was asked for"),
            .required("decided_at", .nullable(.timestamp), "When it was decided"),
            .required("decided_by", .nullable(.choice(["reviewers", "admin"])), "Who decided"),
            .required("grade", .nullable(.choice(["A", "B", "C"])), "What it was paid at"),
            .required("reasons", .array(of: .string()), "Codes of the reviewers, or sentences of the admin"),
        ]))
}

extension Appeal {
    var json: JSON {
        let isDecided = status == .granted || status == .refused
        return [
            "id": .string(id.text), "recording": .string(recording.text), "status": .string(status.rawValue),
            "text": .orNull(text), "rejected_for": .strings(rejectedFor), "verdicts_needed": .integer(rules.verdicts),
            "created_at": createdAt.json, "decided_at": (decision?.at).json,
            "decided_by": isDecided ? (decision?.admin == nil ? "reviewers" : "admin") : .null,
            "grade": .orNull(decision?.grade?.rawValue), "reasons": .strings(decision?.reasons ?? []),
        ]
    }
}
