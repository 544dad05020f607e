import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Rate cards: all of them, what changed, and what another would have paid.
    var rateCards: [Route] {
        let number = Schema.integer(1...1_000_000_000)
        return [
            Route(
                .get, "/v1/rate-cards", "Every rate card that was published, newest first", .everyone, .anyone,
                parameters: Parameter.page, answers: [.page("Cards", of: .rateCard)]
            ) { call in
                try look { db in
                    let page = try RateCards.list(call.numberedPage(), in: db)
                    let texts = try Dictionary(uniqueKeysWithValues: page.rows.map { ($0.number, try $0.json()) })
                    return call.list(page, cursor: { Cursor("\($0.number)") }, json: { texts[$0.number] ?? .null })
                }
            },
            Route(
                .get, "/v1/rate-cards/{number}/diff/{other}", "What another card has differently", .everyone, .anyone,
                parameters: [.path("number", number, "The older card"), .path("other", number, "The newer card")],
                answers: [.json("Every value that differs", .rateCardDiff)], traits: [.conditional]
            ) { call in
                try look { db in
                    .taggedJSON(
                        try market.compareRateCards(
                            call.path.integer("number") ?? 0, call.path.integer("other") ?? 0, in: db
                        ).json)
                }
            },
            Route(
                .post, "/v1/admin/rate-cards/simulation", "What past recordings would have been paid under a card", .admins,
                .admin, body: .json(.object([], isOpen: true)),
                answers: [.json("Sums, medians, and who would get less", .rateCardSimulation)]
            ) { call in
                try look { db in .json(200, try market.simulateRateCard(call.body, in: db).json) }
            },
        ]
    }
}

extension Schema {
    static let rateCardDiff = named(
        "RateCardDiff",
        object([
            .required("from", .integer(), "The older card"), .required("to", .integer(), "The newer card"),
            .required(
                "changes",
                .array(
                    of: object([
                        .required("pointer", .string(), "Where (RFC 6901); grade rules stand under their measure"),
                        .optional("before", .anything, "Absent where the older card does not have it"),
                        .optional("after", .anything, "Absent where the newer card does not have it"),
                    ])), "By their places"),
        ]))

    private static let simulationTotals = object([
        .required("recordings", .integer(0...Int64.max), "Measured recordings"),
        .required("finished_hours", .hours, "Their length"),
        .required("paid", .money, "What they were paid"), .required("simulated", .money, "What the card would have paid"),
        .required("difference", .money, "Simulated less paid"),
        .required("median_per_finished_hour_before", .money, "Median over recordings"),
        .required("median_per_finished_hour_after", .money, "Median over recordings"),
        .required("paid_less", .integer(0...Int64.max), "Recordings that would get less"),
        .required("paid_more", .integer(0...Int64.max), "Recordings that would get more"),
        .required("below_floor", .integer(0...Int64.max), "Recordings whose worked hour would be priced below the pay floor"),
        .required("regraded", .integer(0...Int64.max), "Recordings that would get another grade"),
    ])

    static let rateCardSimulation = named(
        "RateCardSimulation",
        object([
            .required("total", simulationTotals, "All of them"),
            .required("by_language", .map(of: simulationTotals), "By language"),
            .required("by_tier", .map(of: simulationTotals), "By the tier of the quote"),
            .required("by_grade", .map(of: simulationTotals), "By the grade that was given"),
        ]))
}
