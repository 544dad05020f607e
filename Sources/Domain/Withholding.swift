/// What is kept back from payouts for tax authorities, by the contributor's region.
public struct Withholding: Hashable, Sendable {
    /// By region code; "*" for every other region and for contributors who told none.
    public var rules: [String: Rule]

    public init(rules: [String: Rule]) { self.rules = rules }

    /// One jurisdiction's rule.
    public struct Rule: Hashable, Sendable {
        /// Whose tax it is: "US" or "US-CA".
        public var jurisdiction: String
        /// Of what is paid out above the threshold; below 1.
        public var rate: Factor
        /// What a person is paid in a calendar year (UTC) without tax.
        public var thresholdPerYear: Money

        public init(jurisdiction: String, rate: Factor, thresholdPerYear: Money) {
            self.jurisdiction = jurisdiction
            self.rate = rate
            self.thresholdPerYear = thresholdPerYear
        }
    }

    /// What was paid to a contributor before.
    public struct History: Hashable, Sendable {
        /// Payouts of this year without what was exempt, in micros.
        public var paid: Int64
        /// Their part that was above the threshold.
        public var taxable: Int64
        /// What came back after tax had been withheld, of all years, and is not paid out again yet.
        public var alreadyTaxed: Int64

        public init(paid: Int64 = 0, taxable: Int64 = 0, alreadyTaxed: Int64 = 0) {
            self.paid = paid
            self.taxable = taxable
            self.alreadyTaxed = alreadyTaxed
        }
    }

    /// The tax on one payout, and what it is computed from.
    public struct Tax: Hashable, Sendable {
        /// Nil where no rule holds.
        public var jurisdiction: String?
        /// Whole minor units, rounded down: always less than the payout.
        public var amount: Money
        /// The part of the payout that the rate applies to.
        public var taxable: Money
        /// The part that was taxed before, came back, and is not taxed again.
        public var exempt: Money

        public init(jurisdiction: String? = nil, amount: Money, taxable: Money, exempt: Money) {
            self.jurisdiction = jurisdiction
            self.amount = amount
            self.taxable = taxable
            self.exempt = exempt
        }
    }

    public func rule(for region: String?) -> Rule? { region.flatMap { rules[$0] } ?? rules["*"] }

    /// The tax on a payout. What is above the threshold so far this year is taxed once: a payout that failed and is asked for
    /// again finds the base that the others took.
    public static func tax(on amount: Money, by rule: Rule?, after history: History) -> Tax {
        let exempt = min(amount.micros, max(0, history.alreadyTaxed))
        let counted = amount.micros - exempt
        func money(_ micros: Int64) -> Money { Money(micros: micros, currency: amount.currency) }
        guard let rule else { return Tax(amount: money(0), taxable: money(0), exempt: money(exempt)) }
        let above = history.paid + counted - rule.thresholdPerYear.micros
        let taxable = min(counted, max(0, above - history.taxable))
        let tax = Int64(Int128(taxable) * Int128(rule.rate.thousandths) / 1000)
        return Tax(
            jurisdiction: rule.jurisdiction, amount: money(tax).wholeMinorUnits, taxable: money(taxable), exempt: money(exempt))
    }
}
