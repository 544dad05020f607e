import Domain

/// What one transaction moved of one owner's money.
public struct OwnMovement: Hashable, Sendable {
    /// One leg on an account of the owner's, or tax withheld from them; a debit of the market is positive.
    public struct Leg: Hashable, Sendable {
        public let path: AccountPath
        public let amount: Int64

        public init(_ path: AccountPath, amount: Int64) {
            self.path = path
            self.amount = amount
        }
    }

    public let transaction: String
    /// Place in the log.
    public let sequence: Int64
    public let kind: TransactionKind
    public let occurredAt: Timestamp
    public let description: String
    public let metadata: [String: String]
    public let legs: [Leg]

    public init(
        transaction: String, sequence: Int64, kind: TransactionKind, occurredAt: Timestamp, description: String,
        metadata: [String: String], legs: [Leg]
    ) {
        self.transaction = transaction
        self.sequence = sequence
        self.kind = kind
        self.occurredAt = occurredAt
        self.description = description
        self.metadata = metadata
        self.legs = legs
    }

    /// Micros that the owner's account gained.
    public func gain(of path: AccountPath) -> Int64 { legs.reduce(0) { $0 - ($1.path == path ? $1.amount : 0) } }

    /// Micros withheld for tax; negative where they were given back.
    public var taxWithheld: Int64 {
        legs.reduce(0) { sum, leg in
            if case .taxWithheld = leg.path { return sum - leg.amount }
            return sum
        }
    }
}
