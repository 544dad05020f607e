/// How an installation treats the people who work for it, in figures from its own books.
public struct FairnessReport: Hashable, Sendable {
    /// Figures of fewer people are not shown.
    public static let contributorCountMin = 5

    /// What one contributor earned by work, in which time.
    public struct Worker: Hashable, Sendable {
        public var region: String?
        /// Pay for recordings and reviews with top-ups; no royalties.
        public var earned: Int64 = 0
        public var topUps: Int64 = 0
        public var workedMilliseconds: Int64 = 0
        /// Whether the time was metered; otherwise it is finished time × the rate card's assumed overhead.
        public var isMeasured = false

        public init() {}

        /// Micros per worked hour, rounded down.
        public var hourly: Int64? {
            workedMilliseconds > 0 ? Int64(Int128(earned) * 3_600_000 / Int128(workedMilliseconds)) : nil
        }
    }

    /// So many of so many.
    public struct Share: Hashable, Sendable {
        public var part: Int64
        public var whole: Int64

        public init(_ part: Int64, of whole: Int64) {
            self.part = part
            self.whole = whole
        }

        /// With four digits, rounded half to even; nil of nothing.
        public var decimal: String? {
            guard whole > 0 else { return nil }
            let micros = Int64(Rounding.halfToEven(Int128(part) * 10_000, over: Int128(whole))) * 100
            return String(Decimal6.format(micros).dropLast(2))
        }
    }

    /// Two values of a distribution, by the nearest rank, and of how many people.
    public struct Spread: Hashable, Sendable {
        public var median: Int64
        /// The tenth percentile of a wage, the ninetieth of a waiting time.
        public var worst: Int64
        public var contributors: Int64

        public init(median: Int64, worst: Int64, contributors: Int64) {
            self.median = median
            self.worst = worst
            self.contributors = contributors
        }
    }

    public var currency: Currency
    public var wage: Spread?
    /// Workers at or above their region's pay floor.
    public var atFloor: Share?
    /// Whose time was metered.
    public var measured: Int64 = 0
    /// Whose time was assumed.
    public var assumed: Int64 = 0
    public var millisecondsToPay: Spread?
    public var millisecondsToPayout: Spread?
    public var rejections: Share?
    public var appeals: Share?
    public var appealsWon: Share?
    /// Royalties and reviewers' shares of all licence fees that were not refunded.
    public var royaltyShare: Share?
    public var topUps: Int64?
    public var toppedUp: Int64?

    public init(currency: Currency) { self.currency = currency }

    /// The value at the nearest rank: at least so many percent of the values are not above it. The values are sorted.
    public static func percentile(_ percent: Int, of sorted: [Int64]) -> Int64? {
        guard !sorted.isEmpty else { return nil }
        return sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
    }
}
