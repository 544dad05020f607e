import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Tiers: their history, and setting one by hand.
    var tiers: [Route] {
        [
            Route(
                .get, "/v1/me/tier-changes", "How your tiers came about, oldest first", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Changes", of: .tierChange)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try TierChanges.list(of: contributor, call.numberedPage(), in: db)
                    let shown = try Self.shown(page.rows)
                    return call.list(page, cursor: { Cursor("\($0.sequence)") }, json: { shown[$0.sequence] ?? .null })
                }
            },
            Route(
                .post, "/v1/admin/tiers", "Set a tier by hand, with a reason for the audit log", .admins, .admin,
                body: .json(
                    .object([
                        .required("contributor", .id(Contributor.self), "Whose"),
                        .required("language", .language, "In which language"),
                        .required("tier", .choice(Tier.self), "Which"), .required("reason", .string(1...500), "Why"),
                    ])), answers: [.created("The change", .tierChange)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let admin = try call.principal.owner
                let (id, language, tier, reason) = try call.read { reader throws(FieldErrors) in
                    let id = reader.parsed("contributor", "must be a contributor's id", ID<Contributor>.init(_:))
                    let language = reader.parsed("language", "must be a language tag such as de", Language.init)
                    let tier = reader.parsed("tier", "is no tier", Tier.init(rawValue:))
                    let reason = reader.string("reason", min: 1, max: 500)
                    let known = try reader.finish(id, language, tier)
                    return (known.0, known.1, known.2, reason)
                }
                return try change(call) { db, now in
                    let change = try market.setTier(tier, of: id, in: language, reason: reason, by: admin, at: now, in: db)
                    return .created(try change.json(), at: "/v1/admin/tiers")
                }
            },
            Route(
                .get, "/v1/admin/tiers", "Every change of a tier, oldest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Changes", of: .tierChange)]
            ) { call in
                try look { db in
                    let page = try TierChanges.list(of: nil, call.numberedPage(), in: db)
                    let shown = try Self.shown(page.rows)
                    return call.list(page, cursor: { Cursor("\($0.sequence)") }, json: { shown[$0.sequence] ?? .null })
                }
            },
        ]
    }

    private static func shown(_ changes: [TierChange]) throws -> [Int64: JSON] {
        try Dictionary(uniqueKeysWithValues: changes.map { ($0.sequence, try $0.json()) })
    }

    /// A contributor with tiers and progress, as `GET /v1/me` shows it.
    func json(_ contributor: Contributor, in db: Connection) throws -> JSON {
        guard var object = contributor.json.asObject else { return .null }
        let languages = try contributor.languages.map { spoken -> JSON in
            let progress = try market.tierProgress(
                of: contributor.id, in: spoken.language, holding: spoken.tier, in: db
            ).progress
            return [
                "language": .string(spoken.language.tag), "accent": .orNull(spoken.accent),
                "tier": .string(spoken.tier.rawValue), "progress": progress.json,
            ]
        }
        object["languages"] = .array(languages)
        return .object(object)
    }
}

extension Schema {
    static let tierProgress = named(
        "TierProgress",
        object([
            .required("next", .nullable(.choice(Tier.self)), "The tier above; null at the top"),
            .required("sentence", .string(), "What is missing, in plain words"),
            .required("missing_minutes", .integer(0...Int64.max), "Accepted minutes still missing, rounded up"),
            .required(
                "rule",
                .nullable(
                    object([
                        .required("minutes", .integer(0...Int64.max), "Accepted minutes"),
                        .required("grade", .choice(["A", "B", "C"]), "Of this grade or better"),
                        .required("rejected_share_max", .factor, "Most of all decided recordings that may be rejected"),
                        .required("reliability_min", .factor, "Least reliability as a reviewer, where you have reviewed"),
                    ])), "What the next tier asks"),
            .required("figures", object([], isOpen: true), "Your record in this language"),
        ]))

    static let tierChange = named(
        "TierChange",
        object([
            .required("sequence", .integer(1...Int64.max), "Rises with each change"),
            .required("contributor", .id(Contributor.self), "Whose"), .required("language", .language, "In which language"),
            .required("from", .choice(Tier.self), "Before"), .required("to", .choice(Tier.self), "After"),
            .required("at", .timestamp, "When"), .required("rate_card", .integer(), "Whose rules applied"),
            .required("admin", .nullable(.string()), "Who set it; null where it was earned"),
            .required("reason", .string(), "Why it was set; empty where it was earned"),
            .required("figures", object([], isOpen: true), "The record at that moment"),
        ]))
}

extension TierProgress {
    var json: JSON {
        [
            "next": .orNull(next?.rawValue), "sentence": .string(sentence), "missing_minutes": .integer(missingMinutes),
            "rule": .orNull(rule?.json), "figures": figures,
        ]
    }
}

extension TierChange {
    func json() throws -> JSON {
        [
            "sequence": .integer(sequence), "contributor": .string(contributor.text), "language": .string(language.tag),
            "from": .string(from.rawValue), "to": .string(to.rawValue), "at": at.json, "rate_card": .integer(rateCard),
            "admin": .orNull(admin), "reason": .string(reason),
            "figures": try JSON.parse(Array(figures.utf8), limits: .trusted),
        ]
    }
}
