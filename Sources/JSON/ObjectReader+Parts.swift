extension ObjectReader {
    /// Reads a nested object with a reader of its own, whose unread members are refused like the others.
    public mutating func object<Value>(_ key: String, _ read: (inout ObjectReader) -> Value?) -> Value? {
        member(key, isRequired: true).flatMap { part($0, at: pointer.appending(key), read) }
    }

    public mutating func optionalObject<Value>(_ key: String, _ read: (inout ObjectReader) -> Value?) -> Value? {
        member(key, isRequired: false).flatMap { part($0, at: pointer.appending(key), read) }
    }

    /// Reads an array of objects; elements that can't be read are left out, and reported.
    public mutating func objects<Value>(
        _ key: String, count: ClosedRange<Int> = 0...1000, _ read: (inout ObjectReader) -> Value?
    ) -> [Value] {
        elements(key, count: count, isRequired: true).enumerated().compactMap { index, element in
            part(element, at: pointer.appending(key).appending(index), read)
        }
    }

    /// An array of texts.
    public mutating func strings(_ key: String, count: ClosedRange<Int> = 0...1000, max: Int = 1000) -> [String] {
        texts(elements(key, count: count, isRequired: true), at: key, max: max)
    }

    /// Nil when the array is absent.
    public mutating func optionalStrings(_ key: String, count: ClosedRange<Int> = 0...1000, max: Int = 1000) -> [String]? {
        let elements = elements(key, count: count, isRequired: false)
        return has(key) ? texts(elements, at: key, max: max) : nil
    }

    private mutating func part<Value>(
        _ json: JSON, at pointer: JSONPointer, _ read: (inout ObjectReader) -> Value?
    ) -> Value? {
        var reader = ObjectReader(json, at: pointer)
        let isObject = reader.isSound
        let value = isObject ? read(&reader) : nil
        reader.rejectUnknown()
        absorb(reader)
        return value
    }

    private mutating func texts(_ elements: [JSON], at key: String, max: Int) -> [String] {
        elements.enumerated().compactMap { index, element in
            let pointer = pointer.appending(key).appending(index)
            guard let text = element.asString else {
                refuse(pointer, "must be a string")
                return nil
            }
            if text.unicodeScalars.count > max { refuse(pointer, "must have at most \(max) characters") }
            return text
        }
    }

    private mutating func elements(_ key: String, count: ClosedRange<Int>, isRequired: Bool) -> [JSON] {
        guard let json = member(key, isRequired: isRequired) else { return [] }
        guard let elements = json.asArray else {
            refuse(key, "must be an array")
            return []
        }
        if !count.contains(elements.count) {
            refuse(key, "must have between \(count.lowerBound) and \(count.upperBound) elements")
        }
        return elements
    }
}
