/// One person's earnings of a stretch of worked time, held against the pay floor once and for ever.
public struct FloorPeriod: Identified, Hashable, Sendable {
    public static let idPrefix = "flp"

    public var id: ID<FloorPeriod>
    public var contributor: ID<Contributor>
    public var from: Timestamp
    public var until: Timestamp
    /// Region code at the time; nil where not told.
    public var region: String?
    public var rateCard: Int64
    public var sum: Sum
    /// The ledger transaction; nil where nothing was missing.
    public var entry: String?
    public var closedAt: Timestamp

    /// The sum that the statement shows.
    public struct Sum: Hashable, Sendable {
        public var workedMilliseconds: Int64
        /// Pay for recordings uploaded and reviews given in it; royalties are not pay for this work and do not count.
        public var earned: Money
        public var floorPerHour: Money

        public init(workedMilliseconds: Int64, earned: Money, floorPerHour: Money) {
            self.workedMilliseconds = workedMilliseconds
            self.earned = earned
            self.floorPerHour = floorPerHour
        }

        /// Least pay of the worked time, rounded up to the micro.
        public var due: Money {
            let micros = Rounding.up(Int128(floorPerHour.micros) * Int128(workedMilliseconds), over: 3_600_000)
            return Money(micros: Int64(clamping: micros), currency: earned.currency)
        }

        /// What is missing.
        public var topUp: Money { Money(micros: max(0, due.micros - earned.micros), currency: earned.currency) }

        /// "90.0 min worked, floor 18.000000, earned 10.000000 USD".
        public var sentence: String {
            let tenths = workedMilliseconds / 6000
            return "\(tenths / 10).\(tenths % 10) min worked, floor \(due.decimal), earned \(earned)"
        }
    }

    public init(
        id: ID<FloorPeriod>, contributor: ID<Contributor>, from: Timestamp, until: Timestamp, region: String?, rateCard: Int64,
        sum: Sum, entry: String?, closedAt: Timestamp
    ) {
        self.id = id
        self.contributor = contributor
        self.from = from
        self.until = until
        self.region = region
        self.rateCard = rateCard
        self.sum = sum
        self.entry = entry
        self.closedAt = closedAt
    }
}
