/// A dated, numbered, immutable price list and revenue policy. Publishing a new one never changes an old quote.
public struct RateCard: Hashable, Sendable {
    public var number: Int64
    public var currency: Currency
    /// Price of one finished hour before any factor.
    public var basePerHour: Money
    public var scarcity: ScarcityRule
    public var registers: [Register: Factor]
    public var settings: [Setting: Factor]
    public var elicitations: [Elicitation: Factor]
    public var emotions: [Emotion: Factor]
    public var tiers: [Tier: Factor]
    public var grades: [Grade: Factor]
    /// Thresholds that decide the grade, in the order in which they are shown.
    public var gradeRules: [GradeRule]
    /// Worked time for each finished hour, by elicitation: preparing, retakes, listening back.
    public var overheads: [Elicitation: Factor]
    public var royaltyPolicy: RoyaltyPolicy
    /// Price of one hour of speech for one licence.
    public var licenceRates: [Purpose: [Term: Money]]
    /// Least pay for a worked hour, by region code; "*" for every other.
    public var payFloors: [String: Money]
    public var quoteValidDays: Int64
    /// Most finished seconds that one quote covers.
    public var quoteSecondsMax: Int64
    /// Longest recording that is accepted.
    public var recordingSecondsMax: Int64
    public var payoutMinimum: Money
    public var languageFactors = LanguageFactors()
    public var tierRules = TierRules.standard
    public var workRules = WorkRules.standard
    public var bountyRules = BountyRules.standard(.usd)
    /// Tax that is kept back from payouts; nil withholds nothing.
    public var withholding: Withholding? = nil
    /// When balances that nobody asks for are set aside; nil is never.
    public var dormancy: Dormancy? = nil
}
