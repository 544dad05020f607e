/// A buyer's saved query.
public struct DataSet: Identified, Hashable, Sendable {
    public static let idPrefix = "dat"

    public var id: ID<DataSet>
    public var buyer: ID<Buyer>
    public var name: String
    public var query: CatalogueQuery
    public var createdAt: Timestamp

    public init(id: ID<DataSet>, buyer: ID<Buyer>, name: String, query: CatalogueQuery, createdAt: Timestamp) {
        self.id = id
        self.buyer = buyer
        self.name = name
        self.query = query
        self.createdAt = createdAt
    }
}
