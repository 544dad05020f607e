import Domain
import Storage

/// What prices are made of, apart from the request, the time and the funds of bounties: read once for each state of the database.
/// Shared by all estimates of that state.
public final class PriceSheet: Sendable {
    public let rateCard: RateCards.Record
    /// The card, with what its prices say.
    public let list: PriceList
    let scarcities: [(target: Target, scarcity: Scarcity)]
    /// The newest of each target.
    let premiums: [ID<Target>: ScarcityPremium]
    /// Those that are open, in the order of their ids.
    let bounties: [Bounty]

    public var card: RateCard { list.card }

    /// - Parameter elicitations: those that prices will be asked for.
    init(of market: Marketplace, for elicitations: [Elicitation] = Elicitation.allCases, in db: Connection) throws {
        let (record, card) = try market.currentRateCard(in: db)
        rateCard = record
        scarcities = try Targets.scarcities(in: db)
        premiums = try ScarcityPremiums.latest(in: db)
        bounties = try Bounties.open(in: db)
        let needed = card.workRules.sessionsForMedian
        let overheads = try elicitations.map { elicitation in
            let ratios = try WorkSessions.ratios(of: elicitation, in: db)
            return (elicitation, MeasuredOverhead(ratios: ratios, sessionsNeeded: needed))
        }
        list = PriceList(card, overheads: Dictionary(uniqueKeysWithValues: overheads))
    }

    func bounties(for cell: Cell) -> [Bounty] { bounties.filter { $0.cell.covers(cell) } }
}
