/// An organisation that licenses data.
public struct Buyer: Identified, Hashable, Sendable {
    public static let idPrefix = "buy"

    public var id: ID<Buyer>
    public var name: String
    public var createdAt: Timestamp

    public init(id: ID<Buyer>, name: String, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
    }
}
