import Crypto
import Domain

/// What a text must look like: said to people, to generators, and checked.
public struct TextFormat: Sendable {
    /// The `format` of JSON Schema, nil where none is registered.
    public var name: String?
    /// A regular expression (ECMA-262) that accepts the same texts, where there is a simple one.
    public var pattern: String?
    /// What an error says: "must be a date".
    public var demand: String
    public var accepts: @Sendable (String) -> Bool

    public init(name: String? = nil, pattern: String? = nil, demand: String, accepts: @escaping @Sendable (String) -> Bool) {
        self.name = name
        self.pattern = pattern
        self.demand = demand
        self.accepts = accepts
    }

    /// Any text without U+0000, at which the database would cut it.
    public static let any = TextFormat(pattern: #"^[^\u0000]*$"#, demand: "must be a text without U+0000") {
        !$0.utf8.contains(0)
    }

    /// Any text at all: what an error repeats of a request.
    public static let echoed = TextFormat(demand: "must be a text") { _ in true }

    /// RFC 3339 with an offset.
    public static let timestamp = TextFormat(name: "date-time", demand: "must be an RFC 3339 time such as 2026-03-01T09:30:00Z") {
        $0.utf8.count > 10 && Timestamp(rfc3339: $0) != nil
    }

    /// A day of the calendar.
    public static let date = TextFormat(name: "date", demand: "must be a date such as 2026-03-01") { CalendarDate($0) != nil }

    public static let language = TextFormat(
        pattern: Language.pattern, demand: "must be a language tag such as de or pt-BR"
    ) { Language($0) != nil }

    /// A decimal of up to six digits behind the point.
    public static let decimal = TextFormat(
        pattern: #"^-?[0-9]{1,13}(\.[0-9]{1,6})?$"#, demand: "must be a decimal with at most six digits behind the point"
    ) { Decimal6.parse($0) != nil }

    /// An ISO 4217 code.
    public static let currency = TextFormat(pattern: "^[A-Z]{3}$", demand: "must be a currency such as USD") {
        Currency(code: $0) != nil
    }

    /// A digest as 64 digits of lower-case hexadecimal.
    public static let sha256 = TextFormat(pattern: "^[0-9a-f]{64}$", demand: "must be 64 hexadecimal digits") {
        $0.utf8.count == 64 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// What a cursor is made of; whether one is known is seen later.
    public static let cursor = TextFormat(pattern: "^[A-Za-z0-9_-]+$", demand: "must be a cursor that a list has given") {
        !$0.isEmpty && $0.utf8.allSatisfy(Base64.isURLDigit)
    }

    /// Printable ASCII, which is what a header field can carry.
    public static let printable = TextFormat(pattern: "^[!-~]+$", demand: "must be printable ASCII without spaces") {
        !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The id of one kind of thing.
    public static func id<Noun: Identified & SendableMetatype>(_: Noun.Type) -> TextFormat {
        TextFormat(
            pattern: "^\(Noun.idPrefix)_[0-7][0-9A-HJKMNP-TV-Z]{25}$", demand: "must be an id that begins with \(Noun.idPrefix)_"
        ) {
            ID<Noun>($0) != nil
        }
    }
}
