extension ObjectReader {
    /// A text of `min` to `max` Unicode scalars.
    public mutating func string(_ key: String, min: Int = 0, max: Int = 10_000) -> String {
        text(key, min: min, max: max, isRequired: true) ?? ""
    }

    public mutating func optionalString(_ key: String, min: Int = 0, max: Int = 10_000) -> String? {
        text(key, min: min, max: max, isRequired: false)
    }

    /// An integer inside the range.
    public mutating func integer(_ key: String, in range: ClosedRange<Int64> = .min ... .max) -> Int64 {
        whole(key, in: range, isRequired: true) ?? range.lowerBound
    }

    public mutating func optionalInteger(_ key: String, in range: ClosedRange<Int64> = .min ... .max) -> Int64? {
        whole(key, in: range, isRequired: false)
    }

    /// A number inside the range; an integer is one too.
    public mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double {
        real(key, in: range, isRequired: true) ?? range.lowerBound
    }

    public mutating func optionalNumber(_ key: String, in range: ClosedRange<Double>) -> Double? {
        real(key, in: range, isRequired: false)
    }

    public mutating func bool(_ key: String) -> Bool { truth(key, isRequired: true) ?? false }

    public mutating func optionalBool(_ key: String) -> Bool? { truth(key, isRequired: false) }

    /// A text that a type of the domain reads; `detail` says what it must be: "is no language tag".
    public mutating func parsed<Value>(_ key: String, _ detail: String, _ parse: (String) -> Value?) -> Value? {
        value(key, detail, isRequired: true, parse)
    }

    public mutating func optionalParsed<Value>(_ key: String, _ detail: String, _ parse: (String) -> Value?) -> Value? {
        value(key, detail, isRequired: false, parse)
    }

    /// Any value, unread.
    public mutating func json(_ key: String) -> JSON { member(key, isRequired: true) ?? .null }

    public mutating func optionalJSON(_ key: String) -> JSON? { member(key, isRequired: false) }

    /// Any value, unread: nil where the member is absent, `.null` where it says null.
    public mutating func nullableJSON(_ key: String) -> JSON? { object[key] == nil ? nil : optionalJSON(key) ?? .null }

    private mutating func value<Value>(
        _ key: String, _ detail: String, isRequired: Bool, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = text(key, min: 0, max: 10_000, isRequired: isRequired) else { return nil }
        let value = parse(text)
        if value == nil { refuse(key, detail) }
        return value
    }

    private mutating func text(_ key: String, min: Int, max: Int, isRequired: Bool) -> String? {
        guard let json = member(key, isRequired: isRequired) else { return nil }
        guard let text = json.asString else { return refused(key, "must be a string") }
        guard text.unicodeScalars.count >= min else { return refused(key, "must have at least \(min) characters") }
        guard text.unicodeScalars.count <= max else { return refused(key, "must have at most \(max) characters") }
        return text
    }

    private mutating func whole(_ key: String, in range: ClosedRange<Int64>, isRequired: Bool) -> Int64? {
        guard let json = member(key, isRequired: isRequired) else { return nil }
        guard let value = json.asInteger else { return refused(key, "must be an integer") }
        guard range.contains(value) else {
            return refused(key, "must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    private mutating func real(_ key: String, in range: ClosedRange<Double>, isRequired: Bool) -> Double? {
        guard let json = member(key, isRequired: isRequired) else { return nil }
        guard let value = json.asNumber else { return refused(key, "must be a number") }
        guard range.contains(value) else {
            return refused(key, "must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    private mutating func truth(_ key: String, isRequired: Bool) -> Bool? {
        guard let json = member(key, isRequired: isRequired) else { return nil }
        guard let value = json.asBool else { return refused(key, "must be true or false") }
        return value
    }

    private mutating func refused<Value>(_ key: String, _ detail: String) -> Value? {
        refuse(key, detail)
        return nil
    }
}
