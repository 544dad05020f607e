/// Header fields in the order of the message; names compare without regard to ASCII case (RFC 9110 section 5.1).
public struct Fields: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    public private(set) var all: [Field] = []

    public init() {}

    public init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { add(name, value) }
    }

    /// The value of the first field of this name; setting replaces every field of the name, nil removes them.
    public subscript(name: String) -> String? {
        get { all.first { Self.same($0.name, name) }?.value }
        set {
            all.removeAll { Self.same($0.name, name) }
            if let newValue { all.append(Field(name: name, value: newValue)) }
        }
    }

    /// Every value of the name, in order.
    public func values(_ name: String) -> [String] {
        all.filter { Self.same($0.name, name) }.map(\.value)
    }

    /// Appends a field, keeping others of the same name.
    public mutating func add(_ name: String, _ value: String) {
        all.append(Field(name: name, value: value))
    }

    static func same(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        var bytes = one.utf8.makeIterator()
        var others = other.utf8.makeIterator()
        while let byte = bytes.next(), let other = others.next() {
            guard Octets.lowered(byte) == Octets.lowered(other) else { return false }
        }
        return true
    }
}
