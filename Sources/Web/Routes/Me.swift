import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// What is known about whoever asks.
    var me: [Route] {
        [
            Route(
                .get, "/v1/me", "Who am I", .contributors, .roles([.contributor, .buyer]),
                answers: [.json("You", .anyOf([.contributor, .buyer]))], traits: [.conditional]
            ) { call in
                try look { db in
                    switch try call.principal.role {
                    case .contributor: return .taggedJSON(try json(contributor(call, in: db), in: db))
                    default:
                        guard let buyer = try Buyers.find(call.owner(Buyer.self), in: db) else { throw Problem.notFound }
                        return .taggedJSON(buyer.json)
                    }
                }
            },
            Route(
                .patch, "/v1/me", "Change what you say about yourself; payouts to changed details wait 72 hours", .contributors,
                .contributor,
                body: .json(
                    .object([
                        .optional("languages", .array(of: .spokenLanguage, 1...20), "All languages to record in; tiers stay"),
                        .optional("region", .nullable(.region), "ISO 3166 code"),
                        .optional("display_name", .nullable(.string(1...100)), "Name"),
                        .optional("age_band", .nullable(.choice(Contributor.AgeBand.self)), "Age"),
                        .optional("gender", .nullable(.choice(Contributor.Gender.self)), "Gender"),
                        .optional(
                            "payout_details", .nullable(.payoutDetails),
                            "Where payouts go: an object with its method, or a text for one paid by hand"),
                    ])), answers: [.json("You", .contributor)], traits: [.conditional]
            ) { call in
                let draft = try call.read { reader throws(FieldErrors) in try ContributorDraft(&reader) }
                return try change(call, of: { db in try .strong(of: json(contributor(call, in: db), in: db)) }) { db, now in
                    var contributor = try contributor(call, in: db)
                    if let region = draft.region { contributor.region = region }
                    if let languages = draft.languages {
                        contributor.languages = languages.map { spoken in
                            .init(
                                language: spoken.language, accent: spoken.accent, tier: contributor.tier(in: spoken.language))
                        }
                    }
                    contributor.profile = draft.profile(from: contributor.profile)
                    try Contributors.save(contributor, at: now, in: db)
                    return .taggedJSON(try json(self.contributor(call, in: db), in: db))
                }
            },
        ]
    }

    /// The contributor who asks.
    func contributor(_ call: Call, in db: Connection) throws -> Contributor {
        guard let contributor = try Contributors.find(call.owner(Contributor.self), in: db) else { throw Problem.notFound }
        return contributor
    }
}
