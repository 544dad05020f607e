/// A contributor's year in sums, in micros.
public struct YearSummary: Hashable, Sendable {
    /// One month, or the whole year.
    public struct Sums: Hashable, Sendable {
        /// What the contributor had, reserved for payouts or not, before the first day.
        public var opening: Int64 = 0
        /// Pay for recordings without premiums.
        public var recordings: Int64 = 0
        /// What tier and quality added.
        public var premiums: Int64 = 0
        /// Pay for reviews, and the reviewers' shares of licences.
        public var reviews: Int64 = 0
        public var topUps: Int64 = 0
        public var royalties: Int64 = 0
        /// What left for the bank, without tax.
        public var paidOut: Int64 = 0
        public var withheldTax: Int64 = 0
        /// Payouts that failed or came back, without tax.
        public var returned: Int64 = 0
        /// Set aside as dormant, and corrections.
        public var other: Int64 = 0
        public var closing: Int64 = 0

        public init() {}

        public var earned: Int64 { recordings + premiums + reviews + topUps + royalties }

        /// Whether the sums explain how opening became closing.
        public var addsUp: Bool { opening + earned - paidOut - withheldTax + returned + other == closing }
    }

    public let year: Int64
    public let currency: Currency
    /// January to December.
    public let months: [Sums]

    public init(year: Int64, currency: Currency, months: [Sums]) {
        self.year = year
        self.currency = currency
        self.months = months
    }

    /// All months together.
    public var total: Sums {
        var total = Sums()
        for month in months {
            total.recordings += month.recordings
            total.premiums += month.premiums
            total.reviews += month.reviews
            total.topUps += month.topUps
            total.royalties += month.royalties
            total.paidOut += month.paidOut
            total.withheldTax += month.withheldTax
            total.returned += month.returned
            total.other += month.other
        }
        total.opening = months.first?.opening ?? 0
        total.closing = months.last?.closing ?? 0
        return total
    }
}
