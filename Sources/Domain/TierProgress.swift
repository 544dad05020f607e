/// How far a contributor is from the next tier of a language, in figures and in plain words.
public struct TierProgress: Hashable, Sendable {
    public let tier: Tier
    /// Nil at the top.
    public let next: Tier?
    /// What the next tier asks; nil at the top, or where the card has no rule for it.
    public let rule: TierRule?
    public let record: GradeRecord
    public let reliability: Factor?

    public init(tier: Tier, language: Language, record: GradeRecord, reliability: Factor?, rules: TierRules) {
        self.tier = tier
        self.record = record
        self.reliability = reliability
        next = tier.next
        rule = tier.next.flatMap { rules.rule(of: $0, in: language) }
    }

    /// Accepted minutes still missing, rounded up.
    public var missingMinutes: Int64 {
        rule.map { Int64(clamping: Rounding.up(Int128($0.missingMilliseconds(record)), over: 60_000)) } ?? 0
    }

    /// Such as "7 more A-grade minutes to skilled."
    public var sentence: String {
        guard let next else { return "You hold the highest tier." }
        guard let rule else { return "The rate card has no rule for \(next.rawValue) in this language." }
        var needs: [String] = []
        if missingMinutes > 0 { needs.append("\(missingMinutes) more \(Self.name(of: rule.grade, missingMinutes))") }
        if !rule.isAcceptedEnough(record) {
            needs.append(
                "at most \(Self.percent(rule.rejectedShareMax)) of recordings rejected (now \(Self.percent(record.rejectedShare)))"
            )
        }
        if let reliability, !rule.isReliableEnough(reliability) {
            needs.append("reliability \(rule.reliabilityMin) as a reviewer (now \(reliability))")
        }
        guard !needs.isEmpty else { return "Your next decided recording makes you \(next.rawValue)." }
        return needs.joined(separator: " and ") + " to \(next.rawValue)."
    }

    private static func name(of grade: Grade, _ count: Int64) -> String {
        let minutes = count == 1 ? "minute" : "minutes"
        return switch grade {
        case .a: "A-grade \(minutes)"
        case .b: "\(minutes) of grade A or B"
        case .c, .rejected: "accepted \(minutes)"
        }
    }

    private static func percent(_ share: Factor) -> String {
        let tenths = share.thousandths
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
