/// A chapter of the contract.
public struct Tag: Sendable, Hashable {
    public var name: String
    public var note: String

    public init(_ name: String, _ note: String) {
        self.name = name
        self.note = note
    }
}
