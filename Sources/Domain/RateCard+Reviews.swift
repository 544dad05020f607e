import JSON

extension ReviewRules {
    public var json: JSON {
        [
            "pay_min": .string(payMin.decimal), "pay_per_second": .string(payPerSecond.decimal),
            "per_recording": .integer(perRecording), "gold_share": .string(goldShare.decimal),
            "qualification": ["tier": .string(tierMin.rawValue), "or_accepted_seconds": .integer(acceptedSecondsMin)],
            "assignment_seconds": .integer(assignmentSeconds),
        ]
    }

    init?(reader: inout ObjectReader, _ currency: Currency) {
        let payMin = reader.positiveMoney("pay_min", currency)
        let perSecond = reader.parsed("pay_per_second", "must be a decimal text of at least 0 and at most 100") {
            Money(decimal: $0, currency: currency).flatMap { (0...100_000_000).contains($0.micros) ? $0 : nil }
        }
        let perRecording = reader.integer("per_recording", in: 0...100)
        let gold = reader.factor("gold_share")
        if let gold, gold > .one { reader.refuse("gold_share", "must be at most 1") }
        let qualification = reader.object("qualification") { reader -> (tier: Tier, seconds: Int64)? in
            let tier = reader.parsed("tier", "is no tier", Tier.init(rawValue:))
            let seconds = reader.integer("or_accepted_seconds", in: 0...10_000_000)
            return tier.map { ($0, seconds) }
        }
        let seconds = reader.integer("assignment_seconds", in: 60...86_400)
        guard let payMin, let perSecond, let gold, let qualification else { return nil }
        self.init(
            payMin: payMin, payPerSecond: perSecond, perRecording: perRecording, goldShare: gold, tierMin: qualification.tier,
            acceptedSecondsMin: qualification.seconds, assignmentSeconds: seconds)
    }
}

extension AppealRules {
    public var json: JSON {
        ["days": .integer(days), "verdicts": .integer(verdicts), "grade": .string(grade.rawValue)]
    }

    init?(reader: inout ObjectReader) {
        let days = reader.integer("days", in: 1...3650)
        let verdicts = reader.integer("verdicts", in: 1...20)
        let grade = reader.parsed("grade", "must be A, B or C") { Grade(rawValue: $0).flatMap { $0 == .rejected ? nil : $0 } }
        guard let grade else { return nil }
        self.init(days: days, verdicts: verdicts, grade: grade)
    }
}
