import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// How people are treated here, open to all.
    var fairness: [Route] {
        [
            Route(
                .get, "/v1/fairness-report",
                "Worked wages, time to pay, rejections and royalties from the books, against the ten Fairwork points",
                .everyone, .anyone, answers: [.json("The report", .fairnessReport)]
            ) { _ in
                .json(200, try fairnessReports.json(at: market.now) { try look { db in try market.reportFairness(in: db).json } })
            }
        ]
    }
}

extension Schema {
    private static func figure(_ properties: [Property]) -> Schema { nullable(object(properties)) }

    private static let seconds = figure([
        .required("median", .number(), "Half waited no longer"),
        .required("percentile_90", .number(), "Nine in ten waited no longer"),
        .required("contributors", .integer(), "Of so many people"),
    ])

    private static let fairworkPoint = object([
        .required("number", .string(), "Of the ten"), .required("threshold", .string(), "What Fairwork asks"),
        .required("shown", .choice(FairworkPoint.Shown.self), "Whether this installation's books and rules can show it"),
        .required("evidence", .string(), "What they show, or that they do not"),
        .required("figure", .nullable(.string()), "The figure that it rests on; null where there is none or too few people"),
    ])

    static let fairnessReport = named(
        "FairnessReport",
        object([
            .required("made_at", .timestamp, "At most a minute ago"), .required("currency", .currency, "Of every amount"),
            .required("suppressed_below", .integer(), "Figures of fewer people are null"),
            .required(
                "basis",
                object([
                    .required("worked_time", .string(), "Where the worked time comes from"),
                    .required("contributors_measured", .integer(), "Whose time was metered"),
                    .required("contributors_assumed", .integer(), "Whose time was assumed"),
                    .required("percentiles", .string(), "How they are taken"),
                ]), "What the figures rest on"),
            .required(
                "worked_wage_per_hour",
                figure([
                    .required("median", .money, "Half earned at least this"),
                    .required("percentile_10", .money, "Nine in ten earned at least this"),
                    .required("contributors", .integer(), "Of so many people"),
                ]), "Pay and top-ups over worked time; without royalties"),
            .required("share_at_pay_floor", .nullable(.decimal), "Workers at or above their region's pay floor"),
            .required("seconds_to_pay", seconds, "From upload to credit"),
            .required("seconds_to_payout", seconds, "From asking for a payout to the bank's word"),
            .required("rejection_rate", .nullable(.decimal), "Rejected of decided recordings"),
            .required("appeal_rate", .nullable(.decimal), "Appealed of rejected recordings"),
            .required("appeal_success_rate", .nullable(.decimal), "Granted of decided appeals"),
            .required("royalty_share_of_fees", .nullable(.decimal), "What people got of every licence's fee"),
            .required(
                "top_ups",
                figure([.required("total", .money, "Paid"), .required("contributors", .integer(), "To so many people")]),
                "What lifted earnings to the pay floor"),
            .required(
                "fairwork",
                array(
                    of: object([
                        .required("principle", .string(), "One of five"), .required("points", .array(of: fairworkPoint), "Two"),
                    ])), "The Fairwork principles for cloudwork (https://fair.work/en/principles/cw01)"),
        ]))
}

extension FairnessReport {
    var json: JSONObject {
        func money(_ micros: Int64) -> JSON { Money(micros: micros, currency: currency).json }
        func seconds(_ spread: Spread?) -> JSON {
            .orNull(
                spread.map {
                    [
                        "median": .number(Double($0.median) / 1000), "percentile_90": .number(Double($0.worst) / 1000),
                        "contributors": .integer($0.contributors),
                    ]
                })
        }
        return [
            "currency": .string(currency.code), "suppressed_below": .count(Self.contributorCountMin),
            "basis": [
                "worked_time": .string(
                    "The meter, where a contributor's sessions hold at least their finished time; else that × the card's overhead."
                ),
                "contributors_measured": .integer(measured), "contributors_assumed": .integer(assumed),
                "percentiles": "By the nearest rank.",
            ],
            "worked_wage_per_hour": .orNull(
                wage.map {
                    [
                        "median": money($0.median), "percentile_10": money($0.worst), "contributors": .integer($0.contributors),
                    ]
                }),
            "share_at_pay_floor": .orNull(atFloor?.decimal), "seconds_to_pay": seconds(millisecondsToPay),
            "seconds_to_payout": seconds(millisecondsToPayout), "rejection_rate": .orNull(rejections?.decimal),
            "appeal_rate": .orNull(appeals?.decimal), "appeal_success_rate": .orNull(appealsWon?.decimal),
            "royalty_share_of_fees": .orNull(royaltyShare?.decimal),
            "top_ups": .orNull(topUps.map { ["total": money($0), "contributors": .integer(toppedUp ?? 0)] }),
            "fairwork": .array(
                FairworkPoint.principles(self).map { principle in
                    ["principle": .string(principle.name), "points": .array(principle.points.map(\.json))]
                }),
        ]
    }
}

extension FairworkPoint {
    fileprivate var json: JSON {
        [
            "number": .string(number), "threshold": .string(threshold), "shown": .string(shown.rawValue),
            "evidence": .string(evidence), "figure": .orNull(figure),
        ]
    }
}
