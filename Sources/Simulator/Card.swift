import JSON

/// A rate card as the model reads it, from the published document alone. Factors are in thousandths, amounts in micros.
struct Card {
    var document: JSON

    var base: Int { Self.micros(document["base_per_hour"]) }
    var scarcitySlope: Int { Self.micros(document["scarcity"]?["slope"]) / 1000 }
    var scarcityCap: Int { Self.micros(document["scarcity"]?["cap"]) / 1000 }
    var quoteDays: Int { Int(document["quote_valid_days"]?.asInteger ?? 0) }
    var quoteSecondsMax: Int { Int(document["quote_seconds_max"]?.asInteger ?? 0) }
    var payoutMinimum: Int { Self.micros(document["payout_minimum"]) }
    /// Royalties, reviewers, fund, operations.
    var policy: [Int] {
        ["royalties", "reviewers", "acquisition_fund", "operations"].map {
            Self.micros(document["royalty_policy"]?[$0]) / 1000
        }
    }
    var licenceRates: [String: [String: Int]] {
        var rates: [String: [String: Int]] = [:]
        for purpose in document["licence_rates_per_hour"]?.asObject ?? [:] {
            for term in purpose.value.asObject ?? [:] { rates[purpose.key, default: [:]][term.key] = Self.micros(term.value) }
        }
        return rates
    }

    var premiumHours: Int { Int(document["scarcity"]?["valid_hours"]?.asInteger ?? 24) }
    var bountySecondsMax: Int { Int(document["bounty_rules"]?["seconds_per_quote_max"]?.asInteger ?? 3600) }

    /// One where the card does not list the word.
    func factor(_ table: String, _ word: String) -> Int { document[table]?[word].map { Self.micros($0) / 1000 } ?? 1000 }
    func accentFactor(_ accent: String, in language: String) -> Int {
        document["accents"]?[language]?[accent].map { Self.micros($0) / 1000 } ?? 1000
    }

    /// Minutes of a grade or better, and the largest share of rejections in thousandths.
    func tierRule(_ tier: String, in language: String) -> (minutes: Int, grade: String, rejected: Int) {
        let rules = document["tier_rules"]
        let rule = (rules?[language] ?? rules?["*"])?[tier]
        return (
            Int(rule?["minutes"]?.asInteger ?? 0), rule?["grade"]?.asString ?? "C",
            Self.micros(rule?["rejected_share_max"]) / 1000
        )
    }

    /// What is no fault where it could not be measured.
    private static let faults: Set = [
        "hum_db", "dropout_share", "true_peak_db", "dc_offset", "leading_silence_seconds", "longest_pause_seconds",
        "trailing_silence_seconds", "channel_cancellation_db", "brick_wall_hz", "digital_zero_share", "truncated",
    ]

    /// The worst that any threshold leaves.
    func grade(_ values: [String: Double]) -> String {
        let grades = (document["grade_rules"]?.asArray ?? []).map { rule -> String in
            guard let measure = rule["measure"]?.asString, let value = values[measure] else {
                return rule["measure"]?.asString.map(Self.faults.contains) == true ? "A" : "rejected"
            }
            let sign = rule["better"] == "smaller" ? -1.0 : 1.0
            return ["A", "B", "C"].first { sign * value >= sign * (rule[$0]?.asNumber ?? 0) } ?? "rejected"
        }
        return grades.max() ?? "A"
    }

    /// A decimal with up to six digits after the point, in millionths.
    static func micros(_ json: JSON?) -> Int {
        guard let text = json?.asString else { return 0 }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let magnitude = (Int(parts[0].drop { $0 == "-" }) ?? 0) * 1_000_000 + (Int((fraction + "000000").prefix(6)) ?? 0)
        return text.hasPrefix("-") ? -magnitude : magnitude
    }

    /// The same the other way: always six digits.
    static func decimal(_ micros: Int) -> String {
        let fraction = String(micros.magnitude % 1_000_000)
        return
            "\(micros < 0 ? "-" : "")\(micros.magnitude / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }
}
