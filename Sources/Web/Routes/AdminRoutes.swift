import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// What admins price and ask for.
    var adminOffer: [Route] {
        [
            Route(
                .post, "/v1/admin/rate-cards", "Publish a rate card under the next number", .admins, .admin,
                body: .json(.object([], isOpen: true)), answers: [.created("The card", .rateCard)], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                return try change(call) { db, now in
                    let record = try market.publishRateCard(call.body, by: owner, at: now, in: db)
                    return .created(try record.json(), at: "/v1/rate-cards/\(record.number)")
                }
            },
            Route(
                .get, "/v1/admin/rate-cards", "Rate cards, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Cards", of: .rateCard)]
            ) { call in
                try look { db in
                    let page = try RateCards.list(call.numberedPage(), in: db)
                    let texts = try Dictionary(uniqueKeysWithValues: page.rows.map { ($0.number, try $0.json()) })
                    return call.list(page, cursor: { Cursor("\($0.number)") }, json: { texts[$0.number] ?? .null })
                }
            },
            Route(
                .post, "/v1/admin/scenarios", "Add a scenario", .admins, .admin,
                body: .json(
                    .object([
                        .required("title", .string(1...200), "Title"),
                        .required("prompt", .string(1...5000), "What to say or act"),
                        .required("language", .language, "Language"),
                        .optional("accent", .nullable(.accent), "Accent; any for null"),
                        .required("register", .choice(Register.self), "To whom"),
                        .required("setting", .choice(Setting.self), "Where"),
                        .required("elicitation", .choice(Elicitation.self), "How"),
                        .required("emotion", .choice(Emotion.self), "Intended emotion"),
                        .optional("suggested_seconds", .integer(1...1800), "About how long; 20 if left out"),
                        .optional("content_note", .nullable(.string(1...500)), "What may upset"),
                    ])), answers: [.created("The scenario", .scenario)], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let draft = try call.read { reader throws(FieldErrors) in try Scenario(reader: &reader) }
                return try change(call) { db, now in
                    let scenario = try market.addScenario(draft, by: owner, at: now, in: db)
                    return .created(.object(scenario.jsonMembers), at: "/v1/admin/scenarios")
                }
            },
            Route(
                .get, "/v1/admin/scenarios", "Scenarios, oldest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Scenarios", of: .scenario)]
            ) { call in
                try look { db in
                    call.list(
                        try Scenarios.list(language: nil, call.storagePage(), in: db), cursor: { Cursor($0.id.text) },
                        json: { .object($0.jsonMembers) })
                }
            },
            Route(
                .post, "/v1/admin/targets", "Set the hours wanted of a kind of speech", .admins, .admin,
                body: .json(
                    .object([
                        .required("language", .language, "Language"), .optional("accent", .nullable(.accent), "Any for null"),
                        .optional("register", .nullable(.choice(Register.self)), "Any for null"),
                        .optional("setting", .nullable(.choice(Setting.self)), "Any for null"),
                        .optional("emotion", .nullable(.choice(Emotion.self)), "Any for null"),
                        .required("hours", .number(0...1_000_000), "Hours wanted"),
                    ])), answers: [.created("The target", .target)], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let (cell, hours) = try call.read { reader throws(FieldErrors) in
                    let language = reader.parsed("language", "must be a language tag such as de", Language.init)
                    let accent = reader.optionalString("accent", min: 1, max: 40)
                    let register = reader.optionalParsed("register", "is no register", Register.init(rawValue:))
                    let setting = reader.optionalParsed("setting", "is no setting", Setting.init(rawValue:))
                    let emotion = reader.optionalParsed("emotion", "is no emotion", Emotion.init(rawValue:))
                    let hours = reader.number("hours", in: 0...1_000_000)
                    let known = try reader.finish(language)
                    return (Cell(language: known, accent: accent, register: register, setting: setting, emotion: emotion), hours)
                }
                return try change(call) { db, now in
                    let target = try market.setTarget(
                        cell, wantedSeconds: Int64((hours * 3600).rounded()), by: owner, at: now, in: db)
                    return .created(target.json, at: "/v1/scarcity")
                }
            },
            Route(
                .get, "/v1/admin/targets", "Targets, oldest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Targets", of: .target)]
            ) { call in
                let page = try call.page()
                return try look { db in
                    let targets = try Targets.scarcities(in: db).map(\.target)
                    let rest = page.after.map { after in targets.filter { $0.id.text > after[0] } } ?? targets
                    return call.list(rest, of: page, cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
        ]
    }
}

extension Schema {
    static let scenario = named("Scenario", object(scenarioProperties))

    static let target = named(
        "Target",
        object([
            .required("id", .id(Target.self), "The target"), .required("language", .language, "Language"),
            .required("accent", .nullable(.string()), "Any for null"),
            .required("register", .nullable(.choice(Register.self)), "Any for null"),
            .required("setting", .nullable(.choice(Setting.self)), "Any for null"),
            .required("emotion", .nullable(.choice(Emotion.self)), "Any for null"),
            .required("hours", .hours, "Hours wanted"), .required("updated_at", .timestamp, "When it was set"),
        ]))
}

extension Target {
    var json: JSON {
        [
            "id": .string(id.text), "language": .string(cell.language.tag), "accent": .orNull(cell.accent),
            "register": .orNull(cell.register?.rawValue), "setting": .orNull(cell.setting?.rawValue),
            "emotion": .orNull(cell.emotion?.rawValue), "hours": .number(Double(wantedSeconds) / 3600),
            "updated_at": updatedAt.json,
        ]
    }
}

extension Scenario {
    /// Reads a draft; id and time are set when it is added.
    init(reader: inout ObjectReader) throws(FieldErrors) {
        let title = reader.string("title", min: 1, max: 200)
        let prompt = reader.string("prompt", min: 1, max: 5000)
        let language = reader.parsed("language", "must be a language tag such as de", Language.init)
        let accent = reader.optionalString("accent", min: 1, max: 40)
        let register = reader.parsed("register", "is no register", Register.init(rawValue:))
        let setting = reader.parsed("setting", "is no setting", Setting.init(rawValue:))
        let elicitation = reader.parsed("elicitation", "is no elicitation", Elicitation.init(rawValue:))
        let emotion = reader.parsed("emotion", "is no emotion", Emotion.init(rawValue:))
        let seconds = reader.optionalInteger("suggested_seconds", in: 1...1800)
        let note = reader.optionalString("content_note", min: 1, max: 500)
        let known = try reader.finish(language, register, setting, elicitation, emotion)
        self.init(
            id: ID(stored: ""), title: title, prompt: prompt, language: known.0, accent: accent, register: known.1,
            setting: known.2, elicitation: known.3, emotion: known.4, suggestedSeconds: seconds ?? 20, contentNote: note,
            createdAt: Timestamp(milliseconds: 0))
    }
}
