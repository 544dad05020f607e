/// A contributor's balance on its way to being set aside, and back.
public struct DormantBalance: Identified, Hashable, Sendable {
    public static let idPrefix = "dor"

    public enum Status: String, CaseIterable, Sendable {
        /// Notice is given; it is the contributor's as before.
        case noticed
        /// Somebody came back in time.
        case lapsed
        case setAside = "set-aside"
        case reclaimed
    }

    public var id: ID<DormantBalance>
    public var contributor: ID<Contributor>
    public var status: Status
    /// What was available when notice was given; once it is set aside, what was set aside.
    public var amount: Money
    public var noticedAt: Timestamp
    /// When it is set aside unless the contributor does something before.
    public var dueAt: Timestamp
    /// The transaction that set it aside.
    public var entry: String?
    public var updatedAt: Timestamp

    public init(
        id: ID<DormantBalance>, contributor: ID<Contributor>, status: Status, amount: Money, noticedAt: Timestamp,
        dueAt: Timestamp, entry: String? = nil, updatedAt: Timestamp
    ) {
        self.id = id
        self.contributor = contributor
        self.status = status
        self.amount = amount
        self.noticedAt = noticedAt
        self.dueAt = dueAt
        self.entry = entry
        self.updatedAt = updatedAt
    }
}
