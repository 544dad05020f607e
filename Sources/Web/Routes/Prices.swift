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
                        .json(200, EstimatedPay(estimate: estimate, seconds: seconds))
                    }
                }
            ) { call in
                let request = try Self.priceRequest(call)
                let seconds = call.query.integer("seconds") ?? 60
                return try market.readPrices { db, sheet in
                    let estimate = try market.estimate(request, seconds: seconds, by: sheet, at: market.now, in: db)
                    return .json(200, EstimatedPay(estimate: estimate, seconds: seconds))
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

    static let priceLine = described("PriceLine", PricedStep<PriceStep>.self)
    static let priceRequest = described("PriceRequest", PriceRequest.self)
    static let royaltyPolicy = described("RoyaltyPolicy", RoyaltyPolicy.self)
    static let rateCardReference = object(properties(of: RateCardReference.self))
    static let estimate = described("Estimate", EstimatedPay.self)

    /// What an estimate and a quote have in common.
    static let priceProperties = properties(of: Estimate.self)
}

extension PriceRequest: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<PriceRequest>) {
        members.required("language", .language, "Language") { $0.cell.language }
        members.optional("accent", .string(), "Accent") { $0.cell.accent }
        members.optional("register", .choice(Register.self), "Register") { $0.cell.register?.rawValue }
        members.optional("setting", .choice(Setting.self), "Setting") { $0.cell.setting?.rawValue }
        members.required("elicitation", .choice(Elicitation.self), "Elicitation") { $0.elicitation.rawValue }
        members.optional("emotion", .choice(Emotion.self), "Emotion") { $0.cell.emotion?.rawValue }
        members.required("tier", .choice(Tier.self), "Tier") { $0.tier.rawValue }
    }
}

extension RoyaltyPolicy: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<RoyaltyPolicy>) {
        members.required("royalties", .factor, "To the contributors of the snapshot") {
            Factor(thousandths: $0.royaltiesThousandths)
        }
        members.required("reviewers", .factor, "To its reviewers") { Factor(thousandths: $0.reviewersThousandths) }
        members.required("acquisition_fund", .factor, "Pays for new recordings") {
            Factor(thousandths: $0.acquisitionFundThousandths)
        }
        members.required("operations", .factor, "Runs the market") { Factor(thousandths: $0.operationsThousandths) }
    }
}

/// A rate card, named.
struct RateCardReference: JSONDescribed {
    let record: RateCards.Record

    static func describe(_ members: inout some JSONMembers<RateCardReference>) {
        members.required("number", .integer(), "The card") { $0.record.number }
        members.required("sha256", .sha256, "Of its document") { $0.record.sha256 }
    }
}

extension Estimate: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<Estimate>) {
        members.required("request", .priceRequest, "What the price is for") { $0.request }
        members.required("lines", .array(of: .priceLine), "The price, line by line") { $0.price.lines }
        members.required("per_finished_hour", .money, "At grade B") { $0.price.perFinishedHour }
        members.required("per_worked_hour", .money, "With the assumed overhead") { $0.price.perWorkedHour }
        members.required("worked_hours_per_finished_hour", .factor, "The assumed overhead") { $0.price.overhead }
        members.required("grade_factors", .map(of: .factor), "What a grade multiplies the price by") {
            JSONBytes($0.list.gradeFactorsJSON)
        }
        members.required("royalty_policy", .royaltyPolicy, "How every licence's fee is divided") {
            JSONBytes($0.list.royaltyPolicyJSON)
        }
    }
}

/// An estimate, and what it comes to for so many finished seconds.
struct EstimatedPay: JSONDescribed {
    let estimate: Estimate
    let seconds: Int64

    static func describe(_ members: inout some JSONMembers<EstimatedPay>) {
        members.required("rate_card", .rateCardReference, "By this card") { RateCardReference(record: $0.estimate.rateCard) }
        members.include(Estimate.self) { $0.estimate }
        members.required("seconds", .integer(), "Finished seconds added up") { $0.seconds }
        members.required("total_by_grade", .map(of: .money), "Pay for them by grade") { JSONMap($0.totals) }
    }

    private var totals: [(key: String, value: Money)] {
        let price = estimate.price
        return Grade.allCases.filter { $0 != .rejected }.map { grade in
            let pay = Pay(
                hourlyBeforeTier: price.hourlyBeforeTier, hourly: price.hourly, gradeFactor: estimate.card.grades[grade] ?? .one,
                sampleCount: seconds, sampleRateHz: 1, bounty: price.bounty.map { ($0.perHour, $0.seconds * 1000) })
            return (grade.rawValue, pay.total)
        }
    }
}

extension RateCards.Record {
    func json() throws -> JSON {
        [
            "number": .integer(number), "sha256": .string(sha256), "published_at": publishedAt.json,
            "document": try JSON.parse(Array(document.utf8), limits: .trusted),
        ]
    }
}
