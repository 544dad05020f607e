/// Looking into a value: each answers nil where the value is of another kind.
extension JSON {
    public var isNull: Bool { self == .null }

    public var asBool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// A number without a fraction counts as an integer up to 2^53, beyond which doubles skip some.
    public var asInteger: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value) where value.magnitude <= 0x1p53: Int64(exactly: value)
        default: nil
        }
    }

    /// An integer counts as a number, rounded to the nearest double.
    public var asNumber: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    public var asString: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    public var asArray: [JSON]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    public var asObject: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The member of an object, nil where there is none.
    public subscript(key: String) -> JSON? { asObject?[key] }

    /// The element of an array, nil beyond its end.
    public subscript(index: Int) -> JSON? {
        guard let array = asArray, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// The value that a pointer names, nil where there is none (RFC 6901 section 4).
    public subscript(pointer: JSONPointer) -> JSON? {
        pointer.tokens.reduce(self as JSON?) { value, token in
            switch value {
            case .object(let object): object[token]
            case .array: JSONPointer.index(token).flatMap { value?[$0] }
            default: nil
            }
        }
    }
}
