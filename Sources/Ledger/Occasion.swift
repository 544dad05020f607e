import Domain

/// When an entry is made, and under which new id.
public struct Occasion: Hashable, Sendable {
    public let id: String
    public let at: Timestamp

    public init(id: String, at: Timestamp) {
        self.id = id
        self.at = at
    }

    public init(_ id: ID<Entry>, at: Timestamp) { self.init(id: id.text, at: at) }
}
