import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Gold items, and how reliable reviewers are.
    var adminReviews: [Route] {
        [
            Route(
                .post, "/v1/admin/gold-items", "Mark a recording whose answer is known", .admins, .admin,
                body: .json(
                    .object([
                        .required("recording", .id(Recording.self), "The recording"),
                        .optional("emotion", .nullable(.choice(Emotion.self)), "The right answer; null: it can't be used"),
                    ])), answers: [.created("The gold item", .goldItem)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let admin = try call.principal.owner
                let (recording, emotion) = try call.read { reader throws(FieldErrors) in
                    let id: ID<Recording>? = reader.parsed("recording", "must be a recording's id", ID.init(_:))
                    let emotion = reader.optionalParsed("emotion", "is no emotion", Emotion.init(rawValue:))
                    if reader.nullableJSON("emotion") == nil {
                        reader.refuse("emotion", "is required; null says that the recording can't be used")
                    }
                    return (try reader.finish(id), emotion)
                }
                return try change(call) { db, now in
                    let item = try market.markGold(recording, emotion: emotion, by: admin, at: now, in: db)
                    return .created(item.json, at: "/v1/admin/gold-items")
                }
            },
            Route(
                .get, "/v1/admin/gold-items", "Gold items, oldest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Gold items", of: .goldItem)]
            ) { call in
                try look { db in
                    call.list(try GoldItems.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .delete, "/v1/admin/gold-items/{id}", "Hand a gold item out no more, and count no answer of it", .admins, .admin,
                parameters: [.path("id", .id(GoldItem.self), "The gold item")], answers: [.json("The retired item", .goldItem)]
            ) { call in
                let admin = try call.principal.owner
                let id = try call.id(GoldItem.self)
                return try change(call) { db, now in .json(200, try market.retireGold(id, by: admin, at: now, in: db).json) }
            },
            Route(
                .post, "/v1/admin/review-batches", "Measure reviewers and their agreement now", .admins, .admin,
                answers: [.created("The batch", .reviewBatch)], traits: [.idempotencyKey]
            ) { call in
                let admin = try call.principal.owner
                // Outside of the writer, which must not wait for it.
                let parts = try look { db in try market.measureReviews(in: db) }
                return try change(call) { db, now in
                    let batch = try market.keepReviews(parts, by: admin, at: now, in: db)
                    return .created(batch.json, at: "/v1/admin/review-batches")
                }
            },
            Route(
                .get, "/v1/admin/review-batches", "Batches, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Batches", of: .reviewBatch)]
            ) { call in
                try look { db in
                    call.list(try ReviewBatches.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
        ]
    }
}

extension Schema {
    static let goldItem = named(
        "GoldItem",
        object([
            .required("id", .id(GoldItem.self), "The gold item"), .required("recording", .id(Recording.self), "The recording"),
            .required("language", .language, "Language"),
            .required("emotion", .nullable(.choice(Emotion.self)), "The right answer; null: it can't be used"),
            .required("created_at", .timestamp, "When it was marked"),
            .required("retired_at", .nullable(.timestamp), "Not handed out since"),
        ]))

    static let reviewBatch = named(
        "ReviewBatch",
        object([
            .required("id", .id(ReviewBatch.self), "The batch"), .required("admin", .nullable(.string()), "Null for the nightly"),
            .required("created_at", .timestamp, "When"),
            .required(
                "languages",
                .array(
                    of: object([
                        .required("language", .language, "Language"), .required("recordings", .integer(), "Reviewed"),
                        .required("reviews", .integer(), "Reviews"),
                        .required("alpha", .nullable(.number()), "Krippendorff's alpha, nominal; null where undefined"),
                        .required(
                            "reviewers",
                            .array(
                                of: object([
                                    .required("contributor", .id(Contributor.self), "The reviewer"),
                                    .required("reliability", .factor, "How often the top emotion is right, by Dawid and Skene"),
                                    .required("reviews", .integer(), "Reviews"),
                                    .required("gold", .integer(), "Gold items among them"),
                                    .required("gold_correct", .integer(), "Of these answered rightly"),
                                ])), "One by one"),
                    ])), "By language"),
        ]))
}

extension GoldItem {
    var json: JSON {
        [
            "id": .string(id.text), "recording": .string(recording.text), "language": .string(language.tag),
            "emotion": .orNull(emotion?.rawValue), "created_at": createdAt.json, "retired_at": retiredAt.json,
        ]
    }
}

extension ReviewBatch {
    var json: JSON {
        [
            "id": .string(id.text), "admin": .orNull(admin), "created_at": createdAt.json,
            "languages": .array(languages.map(\.json)),
        ]
    }
}

extension ReviewBatch.Part {
    var json: JSON {
        [
            "language": .string(language.tag), "recordings": .integer(recordingCount), "reviews": .integer(reviewCount),
            "alpha": .orNull(alpha),
            "reviewers": .array(
                reviewers.map {
                    [
                        "contributor": .string($0.reviewer.text), "reliability": .string($0.value.decimal),
                        "reviews": .integer($0.reviewCount), "gold": .integer($0.goldCount),
                        "gold_correct": .integer($0.goldCorrect),
                    ]
                }),
        ]
    }
}
