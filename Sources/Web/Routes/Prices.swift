import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Prices and gaps, for anyone.
    var prices: [Route] {
        [
            Route(
                .get, "/v1/rate-card", "The rate card in force", .everyone, .anyone,
                answers: [.json("The card", .rateCard)], traits: [.conditional]
            ) { _ in
                try look { db in .taggedJSON(try market.currentRateCard(in: db).record.json()) }
            },
            Route(
                .get, "/v1/rate-cards/{number}", "A rate card by its number", .everyone, .anyone,
                parameters: [.path("number", .integer(1...1_000_000_000), "Number")],
                answers: [.json("The card", .rateCard)], traits: [.conditional]
            ) { call in
                try look { db in
                    guard let record = try RateCards.find(call.path.integer("number") ?? 0, in: db) else {
                        throw Problem.notFound
                    }
                    return .taggedJSON(try record.json())
                }
            },
            Route(
                .get, "/v1/scarcity", "The scarcity board: what is wanted, and what it is worth now", .everyone, .anyone,
                answers: [.page("Open gaps", of: .gap)]
            ) { call in
                try look { db in
                    let gaps = try market.premiums(under: market.currentRateCard(in: db).card, at: market.now, in: db)
                    return call.list(gaps, hasMore: false, cursor: { Cursor($0.target.id.text) }, json: Self.json)
                }
            },
            Route(
                .get, "/v1/estimate", "An itemised, unsigned price", .everyone, .anyone,
                parameters: Self.priceParameters(isRequired: false) + [
                    .query("tier", .choice(Tier.self), "A contributor's tier", default: "novice"),
                    .query("seconds", .integer(1...360_000), "Finished seconds to add up", default: 60),
                ], answers: [.json("The price", .estimate)], problems: [.conflict],
                recall: { call in
                    let seconds = call.query.integer("seconds") ?? 60
                    return try market.knownEstimate(Self.priceRequest(call), at: market.now).map { estimate in
                        .json(200, estimate.json(seconds: seconds))
                    }
                }
            ) { call in
                let request = try Self.priceRequest(call)
                let seconds = call.query.integer("seconds") ?? 60
                return try market.readPrices { db, sheet in
                    let estimate = try market.estimate(request, seconds: seconds, by: sheet, at: market.now, in: db)
                    return .json(200, estimate.json(seconds: seconds))
                }
            },
        ]
    }

    private static func priceParameters(isRequired: Bool) -> [Parameter] {
        [
            .query("language", .language, "BCP 47 tag", isRequired: true),
            .query("accent", .accent, "Free text such as bavarian"),
            .query("register", .choice(Register.self), "To whom one speaks", default: "friend"),
            .query("setting", .choice(Setting.self), "Where", default: "quiet"),
            .query("elicitation", .choice(Elicitation.self), "How the speech comes about", default: "acted"),
            .query("emotion", .choice(Emotion.self), "The intended emotion", default: "neutral"),
        ]
    }

    private static func priceRequest(_ call: Call) throws(Problem) -> PriceRequest {
        guard let language = try call.query.parsed("language", Language.init),
            let register = try call.query.parsed("register", Register.init(rawValue:)),
            let setting = try call.query.parsed("setting", Setting.init(rawValue:)),
            let elicitation = try call.query.parsed("elicitation", Elicitation.init(rawValue:)),
            let emotion = try call.query.parsed("emotion", Emotion.init(rawValue:)),
            let tier = try call.query.parsed("tier", Tier.init(rawValue:))
        else { throw Problem(.invalidParameters) }
        return PriceRequest(
            language: language, accent: call.query.string("accent"), register: register, setting: setting,
            elicitation: elicitation, emotion: emotion, tier: tier)
    }

    private static func json(_ gap: Marketplace.Gap) -> JSON {
        let (target, scarcity, premium) = (gap.target, gap.scarcity, gap.premium)
        return [
            "target": .string(target.id.text), "language": .string(target.cell.language.tag),
            "accent": .orNull(target.cell.accent), "register": .orNull(target.cell.register?.rawValue),
            "setting": .orNull(target.cell.setting?.rawValue), "emotion": .orNull(target.cell.emotion?.rawValue),
            "hours_wanted": .number(Double(scarcity.wantedSeconds) / 3600),
            "hours_accepted": .number(Double(scarcity.acceptedSeconds) / 3600),
            "hours_open": .number(Double(scarcity.openSeconds) / 3600),
            "premium": .string(premium.factor.decimal), "rate_card": .integer(premium.rateCard),
            "valid_from": premium.from.json, "valid_until": premium.until.json,
            "computed_from": [
                "hours_wanted": .number(Double(premium.scarcity.wantedSeconds) / 3600),
                "hours_accepted": .number(Double(premium.scarcity.acceptedSeconds) / 3600),
            ],
            "valid": .string(
                "Holds until \(premium.until.rfc3339), then it is computed again; a locked quote keeps the premium of its day."),
        ]
    }
}

extension Schema {
    static let rateCard = named(
        "RateCard",
        object([
            .required("number", .integer(1...Int64.max), "Rises with each card"),
            .required("sha256", .sha256, "Of the document's canonical JSON"),
            .required("published_at", .timestamp, "When"), .required("document", object([], isOpen: true), "The card itself"),
        ]))

    static let gap = named(
        "Gap",
        object([
            .required("target", .id(Target.self), "The target"), .required("language", .language, "Language"),
            .required("accent", .nullable(.string()), "Any for null"),
            .required("register", .nullable(.choice(Register.self)), "Any for null"),
            .required("setting", .nullable(.choice(Setting.self)), "Any for null"),
            .required("emotion", .nullable(.choice(Emotion.self)), "Any for null"),
            .required("hours_wanted", .hours, "Hours wanted"), .required("hours_accepted", .hours, "Hours accepted"),
            .required("hours_open", .hours, "Hours still open"), .required("premium", .factor, "The factor now"),
            .required("rate_card", .integer(), "By this card"),
            .required("valid_from", .timestamp, "When the premium was computed"),
            .required("valid_until", .timestamp, "It holds until then, unless the target or the rate card changes before"),
            .required(
                "computed_from",
                object([
                    .required("hours_wanted", .hours, "Wanted then"), .required("hours_accepted", .hours, "Accepted then"),
                ]), "What the premium comes from"),
            .required("valid", .string(), "Until when, in plain words"),
        ]))

    static let priceLine = named(
        "PriceLine",
        object([
            .required("code", .string(), "What the line is about"), .required("sentence", .string(), "In plain words"),
            .optional("factor", .factor, "Multiplies the running price; absent where the line multiplies nothing"),
            .required("figures", .map(of: .string()), "What the factor comes from"),
            .required("per_finished_hour", .money, "The running price"),
        ]))

    static let royaltyPolicy = named(
        "RoyaltyPolicy",
        object([
            .required("royalties", .factor, "To the contributors of the snapshot"),
            .required("reviewers", .factor, "To its reviewers"),
            .required("acquisition_fund", .factor, "Pays for new recordings"),
            .required("operations", .factor, "Runs the market"),
        ]))

    static let priceRequest = named(
        "PriceRequest",
        object([
            .required("language", .language, "Language"), .optional("accent", .string(), "Accent"),
            .optional("register", .choice(Register.self), "Register"), .optional("setting", .choice(Setting.self), "Setting"),
            .required("elicitation", .choice(Elicitation.self), "Elicitation"),
            .optional("emotion", .choice(Emotion.self), "Emotion"),
            .required("tier", .choice(Tier.self), "Tier"),
        ]))

    static let rateCardReference = object([
        .required("number", .integer(), "The card"), .required("sha256", .sha256, "Of its document"),
    ])

    /// What an estimate and a quote have in common.
    static let priceProperties: [Property] = [
        .required("request", .priceRequest, "What the price is for"),
        .required("lines", .array(of: .priceLine), "The price, line by line"),
        .required("per_finished_hour", .money, "At grade B"), .required("per_worked_hour", .money, "With the assumed overhead"),
        .required("worked_hours_per_finished_hour", .factor, "The assumed overhead"),
        .required("grade_factors", .map(of: .factor), "What a grade multiplies the price by"),
        .required("royalty_policy", .royaltyPolicy, "How every licence's fee is divided"),
    ]

    static let estimate = named(
        "Estimate",
        object(
            [.required("rate_card", .rateCardReference, "By this card")] + priceProperties + [
                .required("seconds", .integer(), "Finished seconds added up"),
                .required("total_by_grade", .map(of: .money), "Pay for them by grade"),
            ]))
}

extension RateCards.Record {
    func json() throws -> JSON {
        [
            "number": .integer(number), "sha256": .string(sha256), "published_at": publishedAt.json,
            "document": try JSON.parse(Array(document.utf8), limits: .trusted),
        ]
    }
}

extension Estimate {
    func json(seconds: Int64) -> JSON {
        let totals = Grade.allCases.filter { $0 != .rejected }.map { grade in
            let pay = Pay(
                hourlyBeforeTier: price.hourlyBeforeTier, hourly: price.hourly, gradeFactor: card.grades[grade] ?? .one,
                sampleCount: seconds, sampleRateHz: 1, bounty: price.bounty.map { ($0.perHour, $0.seconds * 1000) })
            return (grade.rawValue, pay.total.json as JSON?)
        }
        return [
            "rate_card": ["number": .integer(rateCard.number), "sha256": .string(rateCard.sha256)],
            "request": request.json, "lines": .array(price.lines.map(\.json)), "per_finished_hour": price.perFinishedHour.json,
            "per_worked_hour": price.perWorkedHour.json,
            "worked_hours_per_finished_hour": .string(price.overhead.decimal),
            "grade_factors": .object(
                JSONObject(members: Grade.allCases.map { ($0.rawValue, .string((card.grades[$0] ?? .one).decimal)) })),
            "royalty_policy": card.royaltyPolicy.json, "seconds": .integer(seconds),
            "total_by_grade": .object(JSONObject(members: totals)),
        ]
    }
}
