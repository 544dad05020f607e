import JSON

/// What past recordings would have been paid under another rate card.
public struct CardSimulation: Sendable {
    /// One recording under both cards.
    public struct Sample: Sendable {
        public var language: Language
        public var tier: Tier
        public var gradeBefore: Grade
        public var gradeAfter: Grade
        public var milliseconds: Int64
        public var paid: Int64
        public var simulated: Int64
        /// Whether the other card's price of a worked hour is below the contributor's floor.
        public var isBelowFloor: Bool

        public init(
            language: Language, tier: Tier, gradeBefore: Grade, gradeAfter: Grade, milliseconds: Int64, paid: Int64,
            simulated: Int64, isBelowFloor: Bool
        ) {
            self.language = language
            self.tier = tier
            self.gradeBefore = gradeBefore
            self.gradeAfter = gradeAfter
            self.milliseconds = milliseconds
            self.paid = paid
            self.simulated = simulated
            self.isBelowFloor = isBelowFloor
        }
    }

    /// Sums over some recordings.
    public struct Totals: Sendable {
        public private(set) var recordings: Int64 = 0
        public private(set) var milliseconds: Int64 = 0
        public private(set) var paid: Int64 = 0
        public private(set) var simulated: Int64 = 0
        public private(set) var paidLess: Int64 = 0
        public private(set) var paidMore: Int64 = 0
        public private(set) var belowFloor: Int64 = 0
        public private(set) var regraded: Int64 = 0
        private var ratesBefore: [Int64] = []
        private var ratesAfter: [Int64] = []

        mutating func add(_ sample: Sample) {
            recordings += 1
            milliseconds += sample.milliseconds
            paid += sample.paid
            simulated += sample.simulated
            paidLess += sample.simulated < sample.paid ? 1 : 0
            paidMore += sample.simulated > sample.paid ? 1 : 0
            belowFloor += sample.isBelowFloor ? 1 : 0
            regraded += sample.gradeBefore != sample.gradeAfter ? 1 : 0
            guard sample.milliseconds > 0 else { return }
            ratesBefore.append(Self.rate(sample.paid, sample.milliseconds))
            ratesAfter.append(Self.rate(sample.simulated, sample.milliseconds))
        }

        /// Median pay of a finished hour, under the cards that applied and under the other.
        public var medianBefore: Int64 { Self.median(ratesBefore) }
        public var medianAfter: Int64 { Self.median(ratesAfter) }

        private static func rate(_ micros: Int64, _ milliseconds: Int64) -> Int64 {
            Int64(clamping: Rounding.halfToEven(Int128(micros) * 3_600_000, over: Int128(milliseconds)))
        }

        private static func median(_ values: [Int64]) -> Int64 {
            guard !values.isEmpty else { return 0 }
            let sorted = values.sorted()
            let sum = Int128(sorted[(sorted.count - 1) / 2]) + Int128(sorted[sorted.count / 2])
            return Int64(clamping: Rounding.halfToEven(sum, over: 2))
        }
    }

    public let currency: Currency
    public private(set) var total = Totals()
    public private(set) var byLanguage: [String: Totals] = [:]
    public private(set) var byTier: [String: Totals] = [:]
    /// By the grade that was given.
    public private(set) var byGrade: [String: Totals] = [:]

    public init(currency: Currency) { self.currency = currency }

    public mutating func add(_ sample: Sample) {
        total.add(sample)
        byLanguage[sample.language.tag, default: Totals()].add(sample)
        byTier[sample.tier.rawValue, default: Totals()].add(sample)
        byGrade[sample.gradeBefore.rawValue, default: Totals()].add(sample)
    }

    public var json: JSON {
        func groups(_ groups: [String: Totals]) -> JSON {
            .object(JSONObject(members: groups.sorted { $0.key < $1.key }.map { ($0.key, json(of: $0.value)) }))
        }
        return [
            "total": json(of: total), "by_language": groups(byLanguage), "by_tier": groups(byTier), "by_grade": groups(byGrade),
        ]
    }

    private func json(of totals: Totals) -> JSON {
        func money(_ micros: Int64) -> JSON { Money(micros: micros, currency: currency).json }
        return [
            "recordings": .integer(totals.recordings), "finished_hours": .number(Double(totals.milliseconds) / 3_600_000),
            "paid": money(totals.paid), "simulated": money(totals.simulated),
            "difference": money(totals.simulated - totals.paid), "median_per_finished_hour_before": money(totals.medianBefore),
            "median_per_finished_hour_after": money(totals.medianAfter), "paid_less": .integer(totals.paidLess),
            "paid_more": .integer(totals.paidMore), "below_floor": .integer(totals.belowFloor),
            "regraded": .integer(totals.regraded),
        ]
    }
}
