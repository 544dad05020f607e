import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    var consents: [Route] {
        [
            Route(
                .get, "/v1/me/consents", "What you have granted, and the words of the current text", .contributors,
                .contributor, parameters: Parameter.page,
                answers: [
                    .json(
                        "Grants, oldest first",
                        .object([
                            .required("data", .array(of: .consent, 0...200), "Grants"),
                            .required("next_cursor", .nullable(.text(.cursor)), "The next page"),
                            .required("has_more", .boolean, "Whether there is a next page"),
                            .required(
                                "text",
                                .object([
                                    .required("version", .string(), "Version"), .required("body", .string(), "What you agree to"),
                                    .required("sha256", .sha256, "Hash of the words"),
                                    .required("published_at", .timestamp, "When it was published"),
                                ]), "The current text"),
                        ]))
                ]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try Consents.list(of: contributor, call.storagePage(), in: db)
                    guard let text = try Consents.text(version: nil, in: db) else { throw Problem.notFound }
                    let shown: JSON = [
                        "version": .string(text.version), "body": .string(text.body), "sha256": .string(text.sha256),
                        "published_at": text.publishedAt.json,
                    ]
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.json, more: ["text": shown])
                }
            },
            Route(
                .post, "/v1/me/consents", "Grant purposes", .contributors, .contributor,
                body: .json(
                    .object([
                        .required("purposes", .array(of: .choice(Purpose.self), 1...20), "What your recordings may be used for"),
                        .optional("text_version", .string(1...40), "The text that you have read; the current one if left out"),
                    ])), answers: [.created("The grant", .consent)], traits: [.idempotencyKey]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let (purposes, version) = try call.read { reader throws(FieldErrors) in
                    let purposes = reader.strings("purposes").compactMap(Purpose.init(rawValue:))
                    let version = reader.optionalString("text_version", min: 1, max: 40)
                    try reader.finish()
                    return (purposes, version)
                }
                return try change(call) { db, now in
                    let consent = try market.grantConsent(
                        purposes: purposes, textVersion: version, by: contributor, at: now, in: db)
                    return .created(consent.json, at: "/v1/me/consents")
                }
            },
            Route(
                .post, "/v1/me/consents/{id}/withdrawal", "Withdraw a grant", .contributors, .contributor,
                parameters: [.path("id", .id(Consent.self), "The grant")], answers: [.json("The withdrawn grant", .consent)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let id = try call.id(Consent.self)
                return try change(call) { db, now in
                    .json(200, try market.withdrawConsent(id, by: contributor, at: now, in: db).json)
                }
            },
        ]
    }
}

extension Schema {
    static let consent = named(
        "Consent",
        object([
            .required("id", .id(Consent.self), "The grant"),
            .required("purposes", .array(of: .choice(Purpose.self)), "What was granted"),
            .required("text_version", .string(), "Version of the text"), .required("text_sha256", .sha256, "Hash of its words"),
            .required("granted_at", .timestamp, "When"),
            .required("withdrawn_at", .nullable(.timestamp), "When it was withdrawn"),
        ]))
}

extension Consent {
    var json: JSON {
        [
            "id": .string(id.text), "purposes": .strings(purposes.map(\.rawValue)), "text_version": .string(textVersion),
            "text_sha256": .string(textSHA256), "granted_at": grantedAt.json, "withdrawn_at": withdrawnAt.json,
        ]
    }
}
