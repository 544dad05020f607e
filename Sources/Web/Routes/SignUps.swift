import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Signing up: the answer holds the key, once.
    var signUps: [Route] {
        [
            Route(
                .post, "/v1/contributors", "Sign up as a contributor", .everyone, .anyone,
                body: .json(
                    .object([
                        .required("languages", .array(of: .spokenLanguage, 1...20), "Languages to record in"),
                        .optional("region", .nullable(.region), "ISO 3166 code; chooses the pay floor"),
                        .optional("display_name", .nullable(.string(1...100)), "A name for yourself"),
                        .optional("age_band", .nullable(.choice(Contributor.AgeBand.self)), "Age"),
                        .optional("gender", .nullable(.choice(Contributor.Gender.self)), "Gender"),
                    ])),
                answers: [
                    .created(
                        "Yourself and your key, shown once",
                        .object([
                            .required("contributor", .contributor, "You"), .required("key", .newKey, "Keep it: it is shown once"),
                        ]))
                ]
            ) { call in
                let draft = try call.read { reader throws(FieldErrors) in try ContributorDraft(&reader) }
                guard let languages = draft.languages else {
                    throw Problem(FieldErrors(FieldError(JSONPointer("/languages")!, "is required")))
                }
                return try change(call) { db, now in
                    let (contributor, key) = try market.signUpContributor(
                        languages: languages, region: draft.region ?? nil, profile: draft.profile(), at: now, in: db)
                    return .created(["contributor": contributor.json, "key": key.json], at: "/v1/me")
                }
            },
            Route(
                .post, "/v1/buyers", "Sign up as a buyer", .everyone, .anyone,
                body: .json(.object([.required("name", .string(1...200), "The organisation's name")])),
                answers: [
                    .created(
                        "Yourself and your key, shown once",
                        .object([
                            .required("buyer", .buyer, "You"), .required("key", .newKey, "Keep it: it is shown once"),
                        ]))
                ]
            ) { call in
                let name = try call.read { reader throws(FieldErrors) in
                    let name = reader.string("name", min: 1, max: 200)
                    try reader.finish()
                    return name
                }
                return try change(call) { db, now in
                    let (buyer, key) = try market.signUpBuyer(name: name, at: now, in: db)
                    return .created(["buyer": buyer.json, "key": key.json], at: "/v1/me")
                }
            },
            Route(
                .post, "/v1/admin/claim", "Use the one-use link that a new installation prints", .admins, .anyone,
                body: .json(
                    .object([
                        .required("token", .string(1...100), "What stands behind # in the link"),
                        .optional("name", .string(1...100), "A name for the log"),
                    ])),
                answers: [.created("The admin's key, shown once", .object([.required("key", .newKey, "Keep it")]))],
                problems: [.notFound], traits: [.showsSecret]
            ) { call in
                let (token, name) = try call.read { reader throws(FieldErrors) in
                    let token = reader.string("token", min: 1, max: 100)
                    let name = reader.optionalString("name", min: 1, max: 100)
                    try reader.finish()
                    return (token, name)
                }
                return try change(call) { db, now in
                    let key = try market.claimSetupToken(token, name: name ?? "admin", at: now, in: db)
                    return .created(["key": key.json], at: "/v1/admin/keys")
                }
            },
        ]
    }
}

/// What a contributor may say about themselves: nil is not said, an inner nil takes it back.
struct ContributorDraft {
    var languages: [Contributor.SpokenLanguage]?
    var region: String??
    var displayName: String??
    var ageBand: Contributor.AgeBand??
    var gender: Contributor.Gender??
    var payoutDetails: PayoutDetails??

    init(_ reader: inout ObjectReader) throws(FieldErrors) {
        if reader.has("languages") {
            let languages = reader.objects("languages", count: 1...20) { reader -> Contributor.SpokenLanguage? in
                let language = reader.parsed("language", "must be a language tag such as de", Language.init)
                let accent = reader.optionalString("accent", min: 1, max: 40)
                return language.map { .init(language: $0, accent: accent) }
            }
            if Set(languages.map(\.language)).count != languages.count {
                reader.refuse("languages", "must name each language once")
            }
            self.languages = languages
        }
        region = Self.text("region", 1...3, &reader)
        displayName = Self.text("display_name", 1...100, &reader)
        if let json = reader.nullableJSON("payout_details") {
            payoutDetails = .some(json.isNull ? nil : PayoutDetails("payout_details", of: &reader))
        }
        ageBand = Self.text("age_band", 1...10, &reader).map { $0.flatMap(Contributor.AgeBand.init(rawValue:)) }
        gender = Self.text("gender", 1...10, &reader).map { $0.flatMap(Contributor.Gender.init(rawValue:)) }
        try reader.finish()
    }

    private static func text(_ key: String, _ length: ClosedRange<Int>, _ reader: inout ObjectReader) -> String?? {
        guard let json = reader.nullableJSON(key) else { return nil }
        if json.isNull { return .some(nil) }
        return .some(reader.optionalString(key, min: length.lowerBound, max: length.upperBound))
    }

    /// The profile after this draft.
    func profile(from old: Contributor.Profile = .init()) -> Contributor.Profile {
        .init(
            displayName: displayName ?? old.displayName, ageBand: ageBand ?? old.ageBand, gender: gender ?? old.gender,
            payoutDetails: payoutDetails ?? old.payoutDetails)
    }
}

extension Schema {
    static let region = text(
        TextFormat(pattern: "^[A-Z]{2}$", demand: "must be an ISO 3166 code such as DE") {
            $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        })

    static let spokenLanguage = object([
        .required("language", .language, "BCP 47 tag"), .optional("accent", .nullable(accent), "Free text such as bavarian"),
    ])

    static let contributor = named(
        "Contributor",
        object([
            .required("id", .id(Contributor.self), "Opaque id"),
            .required("region", .nullable(.region), "ISO 3166 code"),
            .required(
                "languages",
                .array(
                    of: object([
                        .required("language", .language, "BCP 47 tag"), .required("accent", .nullable(accent), "Accent"),
                        .required("tier", .choice(Tier.self), "What your record in this language earns"),
                        .optional("progress", .tierProgress, "How far the next tier is"),
                    ])), "Languages and tiers"),
            .required("display_name", .nullable(.string(1...100)), "Name"),
            .required("age_band", .nullable(.choice(Contributor.AgeBand.self)), "Age"),
            .required("gender", .nullable(.choice(Contributor.Gender.self)), "Gender"),
            .required("payout_details", .nullable(.payoutDetails), "Where payouts go"),
            .required("created_at", .timestamp, "When you signed up"),
        ]))

    static let buyer = named(
        "Buyer",
        object([
            .required("id", .id(Buyer.self), "Opaque id"), .required("name", .string(1...200), "Name"),
            .required("created_at", .timestamp, "When you signed up"),
        ]))

    static let newKey = named(
        "NewKey",
        object([
            .required("id", .id(AccessKey.self), "The key's id"),
            .required("key", .string(1...100), "The key itself: shown once, kept only as a hash"),
            .required("role", .choice(Role.self), "What it may do"), .required("owner", .string(1...40), "Whose it is"),
            .required("label", .string(0...100), "A word to tell keys apart"),
            .required("created_at", .timestamp, "When it was made"),
        ]))
}

extension Contributor {
    var json: JSON {
        [
            "id": .string(id.text), "region": .orNull(region),
            "languages": .array(
                languages.map {
                    ["language": .string($0.language.tag), "accent": .orNull($0.accent), "tier": .string($0.tier.rawValue)]
                }),
            "display_name": .orNull(profile.displayName), "age_band": .orNull(profile.ageBand?.rawValue),
            "gender": .orNull(profile.gender?.rawValue), "payout_details": .orNull(profile.payoutDetails?.json),
            "created_at": createdAt.json,
        ]
    }
}

extension Buyer {
    var json: JSON { ["id": .string(id.text), "name": .string(name), "created_at": createdAt.json] }
}

extension NewKey {
    var json: JSON {
        [
            "id": .string(record.id.text), "key": .string(text), "role": .string(record.role.rawValue),
            "owner": .string(record.owner), "label": .string(record.label), "created_at": record.createdAt.json,
        ]
    }
}
