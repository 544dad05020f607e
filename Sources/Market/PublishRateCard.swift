import Domain
import JSON
import Storage

extension Marketplace {
    /// The rate card in force.
    public func currentRateCard(in db: Connection) throws -> (record: RateCards.Record, card: RateCard) {
        if let sha256 = try RateCards.currentSHA256(in: db), let known = rateCardCache.find(sha256: sha256) { return known }
        guard let record = try RateCards.current(in: db) else { throw MarketError.notFound("rate card") }
        let entry = (record, try record.card())
        rateCardCache.insert(entry)
        return entry
    }

    /// What everything is settled in now.
    public func currency(in db: Connection) throws -> Currency { try currentRateCard(in: db).card.currency }

    /// Publishes a card under the next number. The settlement currency of an installation can be chosen until the first price
    /// is locked or the first money moves, and never changes after that.
    public func publishRateCard(
        _ document: JSON, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> RateCards.Record {
        let current = try currentRateCard(in: db)
        let card: RateCard
        do {
            card = try RateCard(json: document, number: current.record.number + 1)
        } catch {
            throw MarketError.invalid(error.all)
        }
        guard try card.currency == current.card.currency || RateCards.isCurrencyOpen(in: db) else {
            throw MarketError.invalid("/currency", "must be \(current.card.currency): an installation settles in one currency")
        }
        try Self.demandBounds(of: card)
        let record = RateCards.Record(card, publishedAt: now)
        try RateCards.insert(record, in: db)
        try AuditLog.append(
            actor: admin, action: "rate-card.published", subject: "\(card.number)", detail: record.sha256, at: now, in: db)
        try renewPremiums(at: now, in: db)
        return record
    }

    /// Refuses a card whose dearest price no amount could hold.
    static func demandBounds(of card: RateCard) throws {
        guard card.dearestHourMicros <= Int128(RateCard.hourlyMicrosMax) else {
            throw MarketError.invalid(
                "/base_per_hour",
                "and the largest factors together come to more than \(RateCard.hourlyMicrosMax / 1_000_000) \(card.currency) an hour"
            )
        }
    }
}
