import Domain
import JSON

/// The shapes that routes are written with.
extension Schema {
    public static let anything = Schema(.anything)
    public static let boolean = Schema(.boolean)
    public static let timestamp = text(.timestamp)
    public static let date = text(.date)
    public static let language = text(.language).example("de")
    public static let decimal = text(.decimal)
    public static let currency = text(.currency)
    public static let sha256 = text(.sha256)

    public static let money = described("Money", Money.self)

    /// Any text of a length in Unicode scalars.
    public static func string(_ length: ClosedRange<Int> = 0...10_000) -> Schema { Schema(.text(.any, length: length)) }

    public static func text(_ format: TextFormat, _ length: ClosedRange<Int> = 0...1000) -> Schema {
        Schema(.text(format, length: length))
    }

    public static func id<Noun: Identified & SendableMetatype>(_ noun: Noun.Type) -> Schema { text(.id(noun)) }

    public static func integer(_ range: ClosedRange<Int64> = .min ... .max) -> Schema { Schema(.integer(range)) }

    public static func number(_ range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude) -> Schema {
        Schema(.number(range))
    }

    public static func choice(_ values: [String]) -> Schema { Schema(.choice(values)) }

    /// One of the raw values of an enumeration.
    public static func choice<Value: CaseIterable & RawRepresentable<String>>(_: Value.Type) -> Schema {
        choice(Value.allCases.map(\.rawValue))
    }

    public static func array(of element: Schema, _ count: ClosedRange<Int> = 0...10_000) -> Schema {
        Schema(.array(element, count: count))
    }

    public static func object(_ properties: [Property], isOpen: Bool = false) -> Schema {
        Schema(.object(properties, isOpen: isOpen))
    }

    public static func map(of value: Schema) -> Schema { Schema(.map(value)) }

    public static func nullable(_ schema: Schema) -> Schema { Schema(.nullable(schema)) }

    public static func anyOf(_ schemas: [Schema]) -> Schema { Schema(.anyOf(schemas)) }

    public static func named(_ name: String, _ schema: Schema) -> Schema { Schema(.named(name, schema)) }
}
