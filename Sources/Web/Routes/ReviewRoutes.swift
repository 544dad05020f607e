import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Paid reviews: take an item, listen, judge or hand back.
    var reviews: [Route] {
        [
            Route(
                .get, "/v1/reviews/next", "The next recording to judge, with its price", .contributors, .contributor,
                parameters: [.query("language", .language, "BCP 47 tag", isRequired: true)],
                answers: [
                    .json("An assignment; the same one until it is answered, handed back or expired", .reviewAssignment),
                    .noContent("Nothing to judge now"),
                ], problems: [.forbidden]
            ) { call in
                let reviewer = try call.owner(Contributor.self)
                guard let language = try call.query.parsed("language", Language.init) else { throw Problem(.invalidParameters) }
                return try change(call) { db, now in
                    guard let assignment = try market.handOutReview(in: language, to: reviewer, at: now, in: db) else {
                        return .noContent
                    }
                    return .json(200, try assignment.json(in: db))
                }
            },
            Route(
                .get, "/v1/reviews/assignments/{id}/audio", "Listen, while the recording is in your hands", .contributors,
                .contributor, parameters: [Self.assignmentID],
                answers: [.bytes("The audio", mediaTypes: Self.audioMediaTypes)], problems: [.gone],
                traits: [.conditional, .ranges]
            ) { call in try audio(call) },
            Route(
                .delete, "/v1/reviews/assignments/{id}", "Hand an assignment back unjudged", .contributors, .contributor,
                parameters: [Self.assignmentID], answers: [.noContent("It goes to somebody else")], problems: [.conflict]
            ) { call in
                let reviewer = try call.owner(Contributor.self)
                let id = try call.id(ReviewAssignment.self)
                return try change(call) { db, now in
                    try market.skipReview(id, by: reviewer, at: now, in: db)
                    return .noContent
                }
            },
            Route(
                .post, "/v1/reviews", "Judge an assignment; it is paid at once", .contributors, .contributor,
                body: .json(
                    .object([
                        .required("assignment", .id(ReviewAssignment.self), "From /v1/reviews/next"),
                        .required("usable", .boolean, "Whether the recording can be used"),
                        .optional("reasons", .array(of: .choice(Review.Reason.self), 0...10), "Why not; only then"),
                        .optional("emotions", .shares, "What you hear: shares that add up to 1; only where it is usable"),
                        .optional("arousal", Self.rating, "1 calm to 9 excited; only where it is usable"),
                        .optional("valence", Self.rating, "1 unpleasant to 9 pleasant; only where it is usable"),
                        .optional("dominance", Self.rating, "1 controlled to 9 in control; only where it is usable"),
                    ])), answers: [.created("The review and its pay", .review)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let reviewer = try call.owner(Contributor.self)
                let (assignment, judgement) = try call.read { reader throws(FieldErrors) in
                    let id: ID<ReviewAssignment>? = reader.parsed("assignment", "must be an assignment's id", ID.init(_:))
                    let judgement = Judgement(reader: &reader)
                    return (try reader.finish(id), judgement)
                }
                return try change(call) { db, now in
                    let review = try market.submitReview(judgement, of: assignment, by: reviewer, at: now, in: db)
                    return .created(review.json, at: "/v1/reviews")
                }
            },
            Route(
                .get, "/v1/reviews", "Your reviews with their pay, newest first", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Reviews", of: .review)]
            ) { call in
                let reviewer = try call.owner(Contributor.self)
                return try look { db in
                    let page = try Reviews.list(by: reviewer, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/me/review-royalties", "What licences paid you for your reviews, newest first", .contributors,
                .contributor, parameters: Parameter.page, answers: [.page("Shares", of: .reviewRoyalty)]
            ) { call in
                let reviewer = try call.owner(Contributor.self)
                return try look { db in
                    let page = try ReviewRoyalties.uses(by: reviewer, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.royalty.licence.text) }, json: \.json)
                }
            },
        ]
    }

    private static let assignmentID = Parameter.path("id", .id(ReviewAssignment.self), "The assignment")
    private static let rating = Schema.integer(Judgement.Ratings.steps)

    /// The bytes under the assignment's own name: neither recording nor contributor is told.
    private func audio(_ call: Call) throws -> Response {
        let reviewer = try call.owner(Contributor.self)
        let id = try call.id(ReviewAssignment.self)
        let found = try look { db in try market.audible(id, by: reviewer, at: market.now, in: db) }
        guard let recording = found else { throw Problem.notFound }
        guard blobs.byteCount(of: recording.sha256) == recording.byteCount else { throw Problem(.gone) }
        return Response(
            status: 200,
            fields: Fields([
                "Content-Type": recording.mediaType, "ETag": EntityTag(id.text).text, "Cache-Control": "private, no-store",
            ]), body: .file(path: blobs.path(of: recording.sha256), offset: 0, byteCount: recording.byteCount))
    }
}

extension Schema {
    /// Shares by emotion.
    static let shares = object(Emotion.allCases.map { .optional($0.rawValue, .number(0...1), "Its share") })

    static let reviewAssignment = named(
        "ReviewAssignment",
        object([
            .required("id", .id(ReviewAssignment.self), "The assignment"), .required("language", .language, "Language"),
            .required("audio", .string(), "Where to listen, for you and while it is yours"),
            .required("duration_seconds", .number(), "Length"), .required("pay", .money, "For your review"),
            .required("rate_card", .integer(), "The card that priced it"),
            .required("assigned_at", .timestamp, "Since"), .required("expires_at", .timestamp, "Answer before"),
        ]))

    static let review = named(
        "Review",
        object([
            .required("id", .id(Review.self), "The review"),
            .required("assignment", .id(ReviewAssignment.self), "What it answers"), .required("language", .language, "Language"),
            .required("usable", .boolean, "Whether the recording can be used"),
            .required("reasons", .array(of: .choice(Review.Reason.self)), "Why not"),
            .required("emotions", .shares, "What you heard"),
            .required("arousal", .nullable(.integer()), "1 to 9"), .required("valence", .nullable(.integer()), "1 to 9"),
            .required("dominance", .nullable(.integer()), "1 to 9"), .required("pay", .money, "What it paid"),
            .required("transaction", .ledgerEntry, "In the books"), .required("created_at", .timestamp, "When"),
        ]))

    static let reviewRoyalty = named(
        "ReviewRoyalty",
        object([
            .required("licence", .id(Licence.self), "The licence"), .required("licensee", .string(), "Who"),
            .required("model", .string(), "Which model"), .required("purpose", .choice(Purpose.self), "What for"),
            .required("reviews", .integer(), "Your reviews of recordings in it"),
            .required("amount", .money, "What it paid you"), .required("starts_at", .timestamp, "From"),
        ]))
}

extension Perception {
    /// From 0 to 1.
    var agreementShare: Double { Double(agreement.thousandths) / 1000 }
}

extension ReviewAssignment {
    /// What a reviewer may know: neither who speaks, nor what was intended, nor why it is asked.
    func json(in db: Connection) throws -> JSON {
        let milliseconds = try Recordings.find(recording, in: db)?.decision?.durationMilliseconds ?? 0
        return [
            "id": .string(id.text), "language": .string(language.tag),
            "audio": .string("/v1/reviews/assignments/\(id)/audio"), "duration_seconds": .number(Double(milliseconds) / 1000),
            "pay": pay.json, "rate_card": .integer(rateCard), "assigned_at": assignedAt.json, "expires_at": expiresAt.json,
        ]
    }
}

extension Review {
    var json: JSON {
        [
            "id": .string(id.text), "assignment": .string(assignment.text), "language": .string(language.tag),
            "usable": .bool(judgement.isUsable), "reasons": .strings(judgement.reasons.map(\.rawValue)),
            "emotions": judgement.emotionsJSON, "arousal": .orNull(judgement.ratings?.arousal),
            "valence": .orNull(judgement.ratings?.valence), "dominance": .orNull(judgement.ratings?.dominance),
            "pay": pay.json, "transaction": .string(entry), "created_at": createdAt.json,
        ]
    }
}

extension ReviewRoyalties.Use {
    var json: JSON {
        [
            "licence": .string(royalty.licence.text), "licensee": .string(buyerName), "model": .string(modelName),
            "purpose": .string(purpose.rawValue), "reviews": .integer(royalty.reviewCount), "amount": royalty.amount.json,
            "starts_at": startsAt.json,
        ]
    }
}
