import Domain

/// What contributors earn by their work.
extension Entries {
    /// Pays for a recording. The base comes from a bounty as far as it reaches, then from the acquisition fund as far as that
    /// reaches, then from the house; the premiums always come from the house, as legs of their own.
    ///
    /// - Parameters:
    ///   - bounty: the one that the quote names, and what of its funds may be drawn. Its own addition is part of `base`.
    ///   - fundHolds: what the acquisition fund holds.
    public static func recordingAccepted(
        _ recording: String, contributor: String, base: Money, tierPremium: Money, qualityPremium: Money,
        bounty: (id: String, holds: Money)? = nil, fundHolds: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        guard base.micros >= 0 else { throw .malformed("base \(base)") }
        var sources: [(path: AccountPath, held: Money)] = [(.acquisitionFund, fundHolds)]
        if let bounty { sources.insert((.bounty(bounty.id), bounty.holds), at: 0) }
        var postings = draw(base, from: sources, rest: .expense(.recordings))
        postings.append(.debit(.expense(.tierPremium), tierPremium))
        postings.append(.debit(.expense(.qualityPremium), qualityPremium))
        for part in [base, tierPremium, qualityPremium] where part.currency != base.currency { throw .mixedCurrencies }
        let total = Money(micros: postings.reduce(0) { $0 + $1.amount }, currency: base.currency)
        postings.append(.credit(.available(contributor: contributor), total))
        return try entry(
            .recordingAccepted, on: occasion, key: "recording:\(recording):accepted", "Recording accepted",
            metadata: ["recording": recording].merging(bounty.map { ["bounty": $0.id] } ?? [:]) { $1 }, postings)
    }

    /// Pays for a review.
    public static func reviewAccepted(
        _ review: String, contributor: String, pay: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            pay, debit: .expense(.reviews), credit: .available(contributor: contributor), .reviewAccepted, on: occasion,
            key: "review:\(review):accepted", "Review accepted", metadata: ["review": review])
    }

    /// Lifts the earnings of a stretch of worked time to the pay floor; once for each person and beginning.
    ///
    /// - Parameters:
    ///   - period: the id of the floor period.
    ///   - sum: minutes, floor and earnings, for the statement.
    public static func floorTopUp(
        period: String, contributor: String, from: Timestamp, amount: Money, sum: String, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .expense(.floorTopUp), credit: .available(contributor: contributor), .floorTopUp, on: occasion,
            key: "contributor:\(contributor):floor:\(from.milliseconds)", "Earnings lifted to the pay floor: \(sum)",
            metadata: ["floor-period": period])
    }

    /// Sets aside what a contributor has not claimed for the time that the law names. Once a day at most.
    public static func dormantBalance(
        contributor: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .available(contributor: contributor), credit: .unclaimed, .dormantBalance, on: occasion,
            key: "contributor:\(contributor):dormant:\(occasion.at.date)", "Dormant balance set aside",
            metadata: ["contributor": contributor])
    }

    /// A contributor came back for a balance that was set aside; once for each time that it was.
    ///
    /// - Parameter dormant: the id of what was set aside.
    public static func dormantReclaimed(
        _ dormant: String, contributor: String, amount: Money, on occasion: Occasion
    ) throws(LedgerError) -> Transaction {
        try transfer(
            amount, debit: .unclaimed, credit: .available(contributor: contributor), .dormantReclaimed, on: occasion,
            key: "dormant:\(dormant):reclaimed", "Dormant balance reclaimed",
            metadata: ["contributor": contributor, "dormant": dormant])
    }
}
