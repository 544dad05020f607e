/// Money that a buyer sets aside for one kind of speech. It pays the base of recordings whose quotes name it as far as it
/// reaches, and adds an amount to their finished hours.
public struct Bounty: Identified, Hashable, Sendable {
    public static let idPrefix = "bnt"

    public enum Status: String, CaseIterable, Sendable {
        /// Shown in quotes.
        case open
        /// No new quote names it; what live quotes count on is still held.
        case closing
        /// Nothing is held.
        case closed
    }

    public var id: ID<Bounty>
    public var buyer: ID<Buyer>
    public var cell: Cell
    /// What the buyer put in.
    public var amount: Money
    /// What it adds to a finished hour.
    public var perHour: Money
    public var status: Status
    /// The ledger transaction that funded it.
    public var entry: String
    public var createdAt: Timestamp
    public var closedAt: Timestamp?

    public init(
        id: ID<Bounty>, buyer: ID<Buyer>, cell: Cell, amount: Money, perHour: Money, status: Status = .open, entry: String,
        createdAt: Timestamp, closedAt: Timestamp? = nil
    ) {
        self.id = id
        self.buyer = buyer
        self.cell = cell
        self.amount = amount
        self.perHour = perHour
        self.status = status
        self.entry = entry
        self.createdAt = createdAt
        self.closedAt = closedAt
    }

    /// What so much finished time adds, rounded up to the micro.
    public static func cost(perHour: Money, milliseconds: Int64) -> Int64 {
        Int64(clamping: Rounding.up(Int128(perHour.micros) * Int128(max(0, milliseconds)), over: 3_600_000))
    }
}

/// What one price or quote may count on of a bounty.
public struct BountyOffer: Hashable, Sendable {
    public let bounty: ID<Bounty>
    public let perHour: Money
    /// Finished seconds that are sure to get it.
    public let seconds: Int64

    public init(bounty: ID<Bounty>, perHour: Money, seconds: Int64) {
        self.bounty = bounty
        self.perHour = perHour
        self.seconds = seconds
    }

    /// What a bounty can promise for so many seconds beside everything that is counted on already; nil where it is less than
    /// a minute of them.
    ///
    /// - Parameter free: micros that no live quote counts on.
    public init?(_ bounty: Bounty, free: Int64, seconds: Int64, rules: BountyRules) {
        guard bounty.status == .open, free > 0 else { return nil }
        let wanted = min(seconds, rules.secondsPerQuoteMax)
        let covered =
            bounty.perHour.micros == 0 ? wanted : Int64(clamping: Int128(free) * 3600 / Int128(bounty.perHour.micros))
        let sure = min(wanted, covered)
        guard sure >= min(60, wanted), sure > 0 else { return nil }
        self.init(bounty: bounty.id, perHour: bounty.perHour, seconds: sure)
    }
}
