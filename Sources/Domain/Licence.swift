/// One snapshot, one buyer, one named model, one purpose, one term, one price.
public struct Licence: Identified, Hashable, Sendable {
    public static let idPrefix = "lic"

    public var id: ID<Licence>
    public var buyer: ID<Buyer>
    public var snapshot: ID<Snapshot>
    public var rateCard: Int64
    public var modelName: String
    public var purpose: Purpose
    public var useContext: UseContext
    public var term: Term
    public var fee: Money
    public var division: FeeDivision
    /// The ledger transaction that paid it.
    public var entry: String
    public var startsAt: Timestamp
    public var endsAt: Timestamp?

    public init(
        id: ID<Licence>, buyer: ID<Buyer>, snapshot: ID<Snapshot>, rateCard: Int64, modelName: String,
        purpose: Purpose, useContext: UseContext, term: Term, fee: Money, division: FeeDivision, entry: String,
        startsAt: Timestamp, endsAt: Timestamp?
    ) {
        self.id = id
        self.buyer = buyer
        self.snapshot = snapshot
        self.rateCard = rateCard
        self.modelName = modelName
        self.purpose = purpose
        self.useContext = useContext
        self.term = term
        self.fee = fee
        self.division = division
        self.entry = entry
        self.startsAt = startsAt
        self.endsAt = endsAt
    }

    /// The fee in its four parts, in micros; they add up to it.
    public struct FeeDivision: Hashable, Sendable {
        public var royalties: Int64
        public var reviewers: Int64
        public var acquisitionFund: Int64
        public var operations: Int64

        public init(royalties: Int64, reviewers: Int64, acquisitionFund: Int64, operations: Int64) {
            self.royalties = royalties
            self.reviewers = reviewers
            self.acquisitionFund = acquisitionFund
            self.operations = operations
        }
    }
}

extension RateCard {
    /// The fee of a licence: rate per hour × milliseconds, rounded half to even once; nil where the card has no such rate.
    public func fee(purpose: Purpose, term: Term, durationMilliseconds: Int64) -> Money? {
        guard let rate = licenceRates[purpose]?[term] else { return nil }
        let micros = Rounding.halfToEven(Int128(rate.micros) * Int128(durationMilliseconds), over: 3_600_000)
        return Money(micros: Int64(clamping: micros), currency: currency)
    }
}
