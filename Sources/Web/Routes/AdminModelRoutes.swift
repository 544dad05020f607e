import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Emotion models: registered, put in force, gone back from. They are trained on the command line (decision 0028).
    var adminModels: [Route] {
        [
            Route(
                .get, "/v1/admin/models", "Emotion models, with what is wrong with those that score nothing", .admins, .admin,
                parameters: Parameter.page, answers: [.page("Models", of: .model)]
            ) { call in
                let page = try call.page()
                return try look { db in
                    let records = try Models.all(in: db).sorted { $0.id < $1.id }
                    let rest = page.after.map { after in records.filter { $0.id > after[0] } } ?? records
                    return call.list(rest, of: page, cursor: { Cursor($0.id) }, json: { $0.json(models.summary(of: $0)) })
                }
            },
            Route(
                .post, "/v1/admin/models",
                "Register a model's file of at most \(ModelSummary.fileByteCountMax >> 20) MiB, as `fairvoice model train` writes it",
                .admins, .admin,
                parameters: [
                    .header(
                        "Content-Digest", .string(0...1000), "SHA-256 of the body (RFC 9530); 400 where it differs", isList: true)
                ],
                stream: .stream(mediaTypes: ["application/json"], byteCountMax: Int64(ModelSummary.fileByteCountMax)),
                answers: [
                    .created("The model, not in force yet", .model),
                    .json("The same bytes were registered before: the same model", .model),
                ],
                problems: [.invalidFields, .digestMismatch]
            ) { call in try ModelConsumer(call, self) },
            Route(
                .post, "/v1/admin/models/rollback", "Go back to the newest model before that scores; once more, further back",
                .admins, .admin, answers: [.json("What is in force now", .modelRollback)], problems: [.conflict]
            ) { call in
                let admin = try call.principal.owner
                return try change(call) { db, now in
                    .json(200, try market.rollBackModel(by: admin, at: now, summaries: models, in: db).json)
                }
            },
            Route(
                .post, "/v1/admin/models/{id}/activation", "Score with this model from now on", .admins, .admin,
                parameters: [.path("id", .string(1...40), "The model, or none")], answers: [.noContent("It is in force")],
                problems: [.conflict]
            ) { call in
                let admin = try call.principal.owner
                let id = call.path.string("id") ?? ""
                return try change(call) { db, now in
                    try market.activateModel(id == "none" ? nil : id, by: admin, at: now, summaries: models, in: db)
                    return .noContent
                }
            },
            Route(
                .delete, "/v1/admin/models/activation", "Score with no model from now on", .admins, .admin,
                answers: [.noContent("No model is in force")]
            ) { call in
                let admin = try call.principal.owner
                return try change(call) { db, now in
                    if try Models.activeID(in: db) != nil {
                        try market.activateModel(nil, by: admin, at: now, summaries: models, in: db)
                    }
                    return .noContent
                }
            },
        ]
    }
}

extension Schema {
    static let model = named(
        "Model",
        object([
            .required("id", .string(), "The model"), .required("sha256", .sha256, "Of its file"),
            .required("active", .boolean, "Whether it is in force"), .required("added_at", .timestamp, "When"),
            .required("feature_set", .nullable(.string()), "What it was fitted on; null for a file that can't be read"),
            .required("feature_set_version", .nullable(.integer()), "Of the features"),
            .required("corpora", .array(of: .string()), "Names of the data that it was fitted on"),
            .required("unweighted_average_recall", .nullable(.number(0...1)), "On speakers that it had not heard"),
            .required("scores", .boolean, "Whether this program can score with it"),
            .required("fault", .nullable(.string()), "Why it can't, and what helps"),
        ]))

    static let modelRollback = named(
        "ModelRollback",
        object([
            .required("model", .nullable(.string()), "What is in force now; null for none"),
            .required(
                "passed_over",
                .array(
                    of: object([
                        .required("model", .string(), "The model"),
                        .required("fault", .string(), "Why this program can't score with it, and what helps"),
                    ])), "Earlier models that can't score, the newest first"),
        ]))
}

extension Models.Record {
    func json(_ summary: ModelSummary) -> JSON {
        [
            "id": .string(id), "sha256": .string(sha256), "active": .bool(isActive), "added_at": addedAt.json,
            "feature_set": .orNull(summary.content?.featureSet),
            "feature_set_version": .orNull(summary.content?.featureSetVersion),
            "corpora": .strings(summary.content?.corpora ?? []),
            "unweighted_average_recall": .orNull(summary.content?.unweightedAverageRecall),
            "scores": .bool(summary.fault == nil), "fault": .orNull(summary.fault),
        ]
    }
}

extension ModelRollback {
    fileprivate var json: JSON {
        [
            "model": .orNull(model),
            "passed_over": .array(passedOver.map { ["model": .string($0.model), "fault": .string($0.fault)] }),
        ]
    }
}
