import JSON

/// Parameters of one place, read and checked against their schemas. Absent ones have their default or are nil.
public struct Arguments: Sendable {
    let values: JSONObject

    public subscript(name: String) -> JSON? { values[name] }

    public func string(_ name: String) -> String? { values[name]?.asString }

    public func integer(_ name: String) -> Int64? { values[name]?.asInteger }

    public func number(_ name: String) -> Double? { values[name]?.asNumber }

    public func bool(_ name: String) -> Bool? { values[name]?.asBool }

    /// Every value of a parameter that may stand several times.
    public func strings(_ name: String) -> [String] { values[name]?.asArray?.compactMap(\.asString) ?? [] }

    /// A parameter that a type of the domain reads; nil where it is absent.
    /// - Throws: 400 where the type refuses what the schema accepted.
    public func parsed<Value>(_ name: String, _ parse: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = string(name) else { return nil }
        guard let value = parse(text) else { throw .query(name, "is not acceptable") }
        return value
    }
}
