import Domain
import JSON
import Storage

extension Marketplace {
    /// How reliable a contributor is as a reviewer in a language, from 0 to 1; nil where they have not reviewed.
    ///
    /// This is the one place where reviews reach tiers: whoever measures reliability answers it here.
    public func reviewReliability(of contributor: ID<Contributor>, in language: Language, _ db: Connection) throws -> Factor? {
        nil
    }

    /// Counts a decided recording, and raises its contributor's tier where the rules of the card in force say so. Pay that was
    /// booked and quotes that are locked keep the tier that they were made with.
    func noteGrade(
        _ grade: Grade, milliseconds: Int64, of recording: Recording, at now: Timestamp, in db: Connection
    ) throws {
        let language = recording.cell.language
        try GradeRecords.add(grade, milliseconds: milliseconds, of: recording.contributor, in: language, db)
        try raiseTier(of: recording.contributor, in: language, at: now, in: db)
    }

    /// Raises a tier that has been earned; answers it where it rose.
    @discardableResult
    public func raiseTier(
        of id: ID<Contributor>, in language: Language, at now: Timestamp, in db: Connection
    ) throws -> Tier? {
        guard let contributor = try Contributors.find(id, in: db) else { throw MarketError.notFound("contributor") }
        let held = contributor.tier(in: language)
        guard held.next != nil else { return nil }
        let (card, progress) = try tierProgress(of: id, in: language, holding: held, in: db)
        let earned = card.tierRules.tier(progress.record, reliability: progress.reliability, in: language, holding: held)
        guard earned != held else { return nil }
        try Contributors.setTier(earned, in: language, of: id, in: db)
        try TierChanges.append(
            TierChange(
                contributor: id, language: language, from: held, to: earned, at: now, rateCard: card.number,
                figures: progress.figures.description), in: db)
        return earned
    }

    /// How far a contributor is from the next tier of a language.
    public func tierProgress(
        of contributor: ID<Contributor>, in language: Language, holding tier: Tier, in db: Connection
    ) throws -> (card: RateCard, progress: TierProgress) {
        let card = try currentRateCard(in: db).card
        return (
            card,
            TierProgress(
                tier: tier, language: language, record: try GradeRecords.find(of: contributor, in: language, db),
                reliability: try reviewReliability(of: contributor, in: language, db), rules: card.tierRules)
        )
    }

    /// Sets a tier by hand, up or down; never silently: the reason stands in the tier's history and in the audit log.
    public func setTier(
        _ tier: Tier, of id: ID<Contributor>, in language: Language, reason: String, by admin: String, at now: Timestamp,
        in db: Connection
    ) throws -> TierChange {
        guard let contributor = try Contributors.find(id, in: db) else {
            throw MarketError.invalid("/contributor", "is no contributor")
        }
        let held = contributor.tier(in: language)
        guard tier != held else { throw MarketError.wrongState("The tier is \(held.rawValue) already.") }
        let (card, progress) = try tierProgress(of: id, in: language, holding: held, in: db)
        let draft = TierChange(
            contributor: id, language: language, from: held, to: tier, at: now, rateCard: card.number, admin: admin,
            reason: reason, figures: progress.figures.description)
        try Contributors.setTier(tier, in: language, of: id, in: db)
        let change = try TierChanges.append(draft, in: db)
        try AuditLog.append(
            actor: admin, action: "tier.set", subject: id.text,
            detail: "\(language): \(held.rawValue) to \(tier.rawValue): \(reason)", at: now, in: db)
        return change
    }
}

extension TierProgress {
    /// The record in figures: minutes and recordings by grade, the share rejected, reliability as a reviewer.
    public var figures: JSON {
        let grades = Grade.allCases.map { grade -> (String, JSON?) in
            let count = record.counts[grade] ?? .init()
            return (
                grade.rawValue,
                ["recordings": .integer(count.recordings), "minutes": .number(Double(count.milliseconds / 600) / 100)]
            )
        }
        return [
            "grades": .object(JSONObject(members: grades)), "rejected_share": .string(record.rejectedShare.decimal),
            "review_reliability": .orNull(reliability?.decimal),
        ]
    }
}
