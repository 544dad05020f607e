/// The figures behind a line of a price, in the order of their names.
public struct PriceFigures: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    public struct Figure: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public private(set) var all: [Figure] = []

    public init(dictionaryLiteral elements: (String, String)...) {
        all.reserveCapacity(elements.count)
        for (name, value) in elements { self[name] = value }
    }

    /// Setting replaces, or puts the figure in its place; nil removes it.
    public subscript(name: String) -> String? {
        get { all.first { $0.name == name }?.value }
        set {
            let place = all.firstIndex { $0.name >= name } ?? all.endIndex
            let isThere = place < all.endIndex && all[place].name == name
            if isThere { all.remove(at: place) }
            if let newValue { all.insert(Figure(name: name, value: newValue), at: place) }
        }
    }
}
