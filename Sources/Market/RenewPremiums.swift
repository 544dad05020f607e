import Domain
import Storage

extension Marketplace {
    /// A target, what is accepted of it now, and the premium that holds for it.
    public struct Gap: Sendable {
        public let target: Target
        public let scarcity: Scarcity
        public let premium: ScarcityPremium
        /// Whether it stands in the history; else it is what would be written now.
        public let isKept: Bool
    }

    /// The premium of every target. One holds until its date, unless the target or the rate card changes before.
    public func premiums(under card: RateCard, at now: Timestamp, in db: Connection) throws -> [Gap] {
        let latest = try ScarcityPremiums.latest(in: db)
        return try premiums(under: card, of: Targets.scarcities(in: db), latest, at: now)
    }

    /// The same, of targets and premiums that were read before.
    func premiums(
        under card: RateCard, of scarcities: [(target: Target, scarcity: Scarcity)], _ latest: [ID<Target>: ScarcityPremium],
        at now: Timestamp
    ) -> [Gap] {
        scarcities.map { target, scarcity in
            if let premium = latest[target.id], now < premium.until, premium.rateCard == card.number,
                premium.scarcity.wantedSeconds == target.wantedSeconds
            {
                return Gap(target: target, scarcity: scarcity, premium: premium, isKept: true)
            }
            let premium = ScarcityPremium(
                id: ids.make(at: now), target: target.id, scarcity: scarcity, card: card, at: now)
            return Gap(target: target, scarcity: scarcity, premium: premium, isKept: false)
        }
    }

    /// Writes the premiums that have run out anew; answers how many.
    @discardableResult
    public func renewPremiums(at now: Timestamp, in db: Connection) throws -> Int {
        let lapsed = try premiums(under: currentRateCard(in: db).card, at: now, in: db).filter { !$0.isKept }
        for gap in lapsed { try ScarcityPremiums.insert(gap.premium, in: db) }
        return lapsed.count
    }
}
