import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    var quotes: [Route] {
        [
            Route(
                .post, "/v1/quotes", "Lock a price: signed, binding until it expires", .contributors, .contributor,
                body: .json(
                    .object([
                        .optional("scenario", .id(Scenario.self), "Takes over everything that is left out"),
                        .optional("language", .language, "BCP 47 tag; needed without a scenario"),
                        .optional("accent", .accent, "Free text; your own in that language if left out"),
                        .optional("register", .choice(Register.self), "friend if left out"),
                        .optional("setting", .choice(Setting.self), "quiet if left out"),
                        .optional("elicitation", .choice(Elicitation.self), "acted if left out"),
                        .optional("emotion", .choice(Emotion.self), "neutral if left out"),
                        .optional("seconds", .integer(1...360_000), "Finished seconds to cover; the card's most if left out"),
                    ])), answers: [.created("The quote", .quote)], traits: [.idempotencyKey]
            ) { call in
                let draft = try call.read { reader throws(FieldErrors) in try QuoteDraft(&reader) }
                return try change(call) { db, now in
                    let contributor = try contributor(call, in: db)
                    let request = try draft.request(for: contributor, in: db)
                    let quote = try market.lockQuote(request, seconds: draft.seconds, by: contributor.id, at: now, in: db)
                    return .created(try LockedQuote(quote), at: "/v1/quotes/\(quote.id)")
                }
            },
            Route(
                .get, "/v1/quotes/{id}", "A quote of yours", .contributors, .contributor,
                parameters: [.path("id", .id(Quote.self), "The quote")], answers: [.json("The quote", .quote)],
                traits: [.conditional]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    guard let quote = try Quotes.find(call.id(Quote.self), in: db), quote.contributor == contributor else {
                        throw Problem.notFound
                    }
                    return .taggedJSON(try LockedQuote(quote))
                }
            },
            Route(
                .get, "/v1/scenarios", "What to record next, with its price for you", .contributors, .contributor,
                parameters: [.query("language", .language, "Only these")] + Parameter.page,
                answers: [.page("Scenarios, oldest first", of: .scenarioForMe)], problems: [.conflict]
            ) { call in
                let language = try call.query.parsed("language", Language.init)
                return try market.readPrices { db, sheet in
                    let contributor = try contributor(call, in: db)
                    let page = try Scenarios.list(language: language, call.storagePage(), in: db)
                    let prices = try page.rows.map { scenario in
                        try market.estimate(
                            scenario.priceRequest(for: contributor), seconds: scenario.suggestedSeconds, by: sheet,
                            at: market.now, in: db
                        ).price.perFinishedHour
                    }
                    let priced = Dictionary(uniqueKeysWithValues: zip(page.rows.map(\.id), prices))
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: { $0.json(price: priced[$0.id]) })
                }
            },
        ]
    }
}

/// What a quote is asked for, as far as it was said.
private struct QuoteDraft {
    let scenario: ID<Scenario>?
    let language: Language?
    let accent: String?
    let register: Register?
    let setting: Setting?
    let elicitation: Elicitation?
    let emotion: Emotion?
    let seconds: Int64?

    init(_ reader: inout ObjectReader) throws(FieldErrors) {
        scenario = reader.optionalParsed("scenario", "must be a scenario's id", ID.init(_:))
        language = reader.optionalParsed("language", "must be a language tag such as de", Language.init)
        accent = reader.optionalString("accent", min: 1, max: 40)
        register = reader.optionalParsed("register", "is no register", Register.init(rawValue:))
        setting = reader.optionalParsed("setting", "is no setting", Setting.init(rawValue:))
        elicitation = reader.optionalParsed("elicitation", "is no elicitation", Elicitation.init(rawValue:))
        emotion = reader.optionalParsed("emotion", "is no emotion", Emotion.init(rawValue:))
        seconds = reader.optionalInteger("seconds", in: 1...360_000)
        if scenario == nil, language == nil, reader.isSound { reader.refuse("language", "is required without a scenario") }
        try reader.finish()
    }

    func request(for contributor: Contributor, in db: Connection) throws -> PriceRequest {
        var known: Scenario?
        if let scenario {
            known = try Scenarios.find(scenario, in: db)
            guard known != nil else { throw MarketError.invalid("/scenario", "is no scenario; GET /v1/scenarios lists them") }
        }
        guard let language = language ?? known?.language else { throw MarketError.invalid("/language", "is required") }
        let own = contributor.languages.first { $0.language == language }?.accent
        return PriceRequest(
            language: language, accent: accent ?? known?.accent ?? own, register: register ?? known?.register ?? .friend,
            setting: setting ?? known?.setting ?? .quiet, elicitation: elicitation ?? known?.elicitation ?? .acted,
            emotion: emotion ?? known?.emotion ?? .neutral, tier: contributor.tier(in: language))
    }
}

extension Schema {
    static let quote = described("Quote", LockedQuote.self)

    static let scenarioProperties: [Property] = [
        .required("id", .id(Scenario.self), "The scenario"), .required("title", .string(), "Title"),
        .required("prompt", .string(), "What to say or act"), .required("language", .language, "Language"),
        .required("accent", .nullable(.string()), "Accent"), .required("register", .choice(Register.self), "To whom"),
        .required("setting", .choice(Setting.self), "Where"), .required("elicitation", .choice(Elicitation.self), "How"),
        .required("emotion", .choice(Emotion.self), "Intended emotion"),
        .required("suggested_seconds", .integer(), "About how long"),
        .required("content_note", .nullable(.string()), "What may upset"),
    ]

    static let scenarioForMe = named(
        "ScenarioForMe",
        object(
            scenarioProperties + [
                .required("per_finished_hour", .nullable(.money), "The price for you, now")
            ]))
}

/// A quote as it was signed, with what is used of it now.
struct LockedQuote: JSONDescribed {
    private let quote: Quote
    /// What was signed.
    private let document: JSONObject

    init(_ quote: Quote) throws {
        self.quote = quote
        guard let document = try JSON.parse(Array(quote.payload.utf8), limits: .trusted).asObject else {
            throw Problem(.internalError)
        }
        self.document = document
    }

    static func describe(_ members: inout some JSONMembers<LockedQuote>) {
        members.required("id", .id(Quote.self), "The quote") { $0.quote.id }
        members.required("contributor", .id(Contributor.self), "You") { $0.quote.contributor }
        members.required("rate_card", .rateCardReference, "By this card") { $0.document["rate_card"] }
        // Those of a price, which the document has under the same names.
        members.include(Schema.priceProperties) { $0.document[$1] }
        members.required("consent", .nullable(.object([], isOpen: true)), "The grant that it presumes") { $0.document["consent"] }
        members.required("seconds_max", .integer(), "Finished seconds that it covers") { $0.document["seconds_max"] }
        members.required("seconds_used", .number(0...1e12), "Finished seconds paid under it") {
            Double($0.quote.usedMilliseconds) / 1000
        }
        members.required(
            "seconds_pending", .number(0...1e12), "What recordings that are not decided yet are taken for"
        ) { Double($0.quote.pendingMilliseconds) / 1000 }
        members.required("issued_at", .timestamp, "When") { $0.document["issued_at"] }
        members.required("expires_at", .timestamp, "Until when uploads are taken") { $0.document["expires_at"] }
        members.required(
            "jws", .string(0...100_000), "All of this, signed (RFC 7515, Ed25519); `fairvoice quote verify` checks it"
        ) { $0.quote.jws }
    }
}

extension Scenario {
    func priceRequest(for contributor: Contributor) -> PriceRequest {
        PriceRequest(
            language: language, accent: accent ?? contributor.languages.first { $0.language == language }?.accent,
            register: register, setting: setting, elicitation: elicitation, emotion: emotion,
            tier: contributor.tier(in: language))
    }

    var jsonMembers: JSONObject {
        [
            "id": .string(id.text), "title": .string(title), "prompt": .string(prompt), "language": .string(language.tag),
            "accent": .orNull(accent), "register": .string(register.rawValue), "setting": .string(setting.rawValue),
            "elicitation": .string(elicitation.rawValue), "emotion": .string(emotion.rawValue),
            "suggested_seconds": .integer(suggestedSeconds), "content_note": .orNull(contentNote),
        ]
    }

    fileprivate func json(price: Money?) -> JSON {
        var object = jsonMembers
        object["per_finished_hour"] = .orNull(price?.json)
        return .object(object)
    }
}
