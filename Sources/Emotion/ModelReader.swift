import JSON

/// Reads the members of one object in a model's file. Each throws the member's name where it is not what it must be.
struct ModelReader {
    private let json: JSON

    /// More labels, features or corpora make no sense.
    private static let elementCountMax = 100_000
    private static let countRange: ClosedRange<Int64> = 0...1_000_000_000

    init(_ json: JSON) { self.json = json }

    func text(_ key: String) throws(ModelFileError) -> String { try value(key, \.asString) }

    func number(_ key: String) throws(ModelFileError) -> Double { try value(key, Self.number) }

    /// nil where the member is missing.
    func optionalText(_ key: String) throws(ModelFileError) -> String? { json[key] == nil ? nil : try text(key) }

    /// nil where the member is missing.
    func optionalNumber(_ key: String) throws(ModelFileError) -> Double? { json[key] == nil ? nil : try number(key) }

    /// Not negative.
    func integer(_ key: String) throws(ModelFileError) -> Int { try value(key, Self.count) }

    func texts(_ key: String) throws(ModelFileError) -> [String] { try elements(key, \.asString) }

    func numbers(_ key: String) throws(ModelFileError) -> [Double] { try elements(key, Self.number) }

    func rows(_ key: String) throws(ModelFileError) -> [[Double]] { try elements(key) { Self.all($0, Self.number) } }

    func counts(_ key: String) throws(ModelFileError) -> [[Int]] { try elements(key) { Self.all($0, Self.count) } }

    func part(_ key: String) throws(ModelFileError) -> ModelReader { try value(key) { ModelReader($0) } }

    /// nil where the member is missing.
    func optionalPart(_ key: String) throws(ModelFileError) -> ModelReader? { json[key] == nil ? nil : try part(key) }

    func parts(_ key: String) throws(ModelFileError) -> [ModelReader] { try elements(key) { ModelReader($0) } }

    /// Where the member is optional and missing, there are no parts.
    func parts(_ key: String, isOptional: Bool) throws(ModelFileError) -> [ModelReader] {
        isOptional && json[key] == nil ? [] : try parts(key)
    }

    static func json(_ values: [Double]) -> JSON { .array(values.map(JSON.number)) }

    static func json(_ values: [Int]) -> JSON { .array(values.map { .integer(Int64($0)) }) }

    private func value<Value>(_ key: String, _ read: (JSON) -> Value?) throws(ModelFileError) -> Value {
        guard let value = json[key].flatMap(read) else { throw .malformed(key) }
        return value
    }

    private func elements<Value>(_ key: String, _ read: (JSON) -> Value?) throws(ModelFileError) -> [Value] {
        try value(key) { Self.all($0, read) }
    }

    /// All elements of an array; nil where one can't be read.
    private static func all<Value>(_ json: JSON, _ read: (JSON) -> Value?) -> [Value]? {
        guard let elements = json.asArray, elements.count <= elementCountMax else { return nil }
        let values = elements.compactMap(read)
        return values.count == elements.count ? values : nil
    }

    private static func number(_ json: JSON) -> Double? { json.asNumber.flatMap { $0.isFinite ? $0 : nil } }

    private static func count(_ json: JSON) -> Int? {
        json.asInteger.flatMap { countRange.contains($0) ? Int($0) : nil }
    }
}
