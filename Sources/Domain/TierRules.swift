/// What a tier asks of a contributor's record in one language.
public struct TierRule: Hashable, Sendable {
    /// Accepted minutes of `grade` or better.
    public var minutes: Int64
    public var grade: Grade
    /// Most of all decided recordings that may have been rejected.
    public var rejectedShareMax: Factor
    /// Least reliability as a reviewer, where the person has reviewed.
    public var reliabilityMin: Factor

    public init(minutes: Int64, grade: Grade, rejectedShareMax: Factor, reliabilityMin: Factor) {
        self.minutes = minutes
        self.grade = grade
        self.rejectedShareMax = rejectedShareMax
        self.reliabilityMin = reliabilityMin
    }
}

/// The published rules by which tiers are earned. Tiers rise by them and never fall.
public struct TierRules: Hashable, Sendable {
    /// The rules of every language that has none of its own.
    public var general: [Tier: TierRule]
    public var byLanguage: [Language: [Tier: TierRule]]

    public init(general: [Tier: TierRule], byLanguage: [Language: [Tier: TierRule]] = [:]) {
        self.general = general
        self.byLanguage = byLanguage
    }

    /// What holds for a card that does not say.
    public static let standard = TierRules(general: [
        .skilled: TierRule(
            minutes: 30, grade: .b, rejectedShareMax: Factor(thousandths: 250), reliabilityMin: Factor(thousandths: 600)),
        .expert: TierRule(
            minutes: 120, grade: .a, rejectedShareMax: Factor(thousandths: 150), reliabilityMin: Factor(thousandths: 750)),
    ])

    public func rule(of tier: Tier, in language: Language) -> TierRule? { (byLanguage[language] ?? general)[tier] }

    /// The tier that a record earns: step by step from the one that is held, which never falls.
    ///
    /// - Parameter reliability: as a reviewer, from 0 to 1; nil where the person has not reviewed, and then it asks nothing.
    public func tier(
        _ record: GradeRecord, reliability: Factor?, in language: Language, holding held: Tier
    ) -> Tier {
        var tier = held
        while let next = tier.next, let rule = rule(of: next, in: language), rule.isMet(by: record, reliability: reliability) {
            tier = next
        }
        return tier
    }
}

extension TierRule {
    public func isMet(by record: GradeRecord, reliability: Factor?) -> Bool {
        isLongEnough(record) && isAcceptedEnough(record) && isReliableEnough(reliability)
    }

    func isLongEnough(_ record: GradeRecord) -> Bool { missingMilliseconds(record) == 0 }

    func missingMilliseconds(_ record: GradeRecord) -> Int64 {
        max(0, minutes * 60_000 - record.milliseconds(of: grade))
    }

    func isAcceptedEnough(_ record: GradeRecord) -> Bool {
        Int128(record.rejectedCount) * 1000 <= Int128(rejectedShareMax.thousandths) * Int128(record.decidedCount)
    }

    func isReliableEnough(_ reliability: Factor?) -> Bool { reliability.map { $0 >= reliabilityMin } ?? true }
}
