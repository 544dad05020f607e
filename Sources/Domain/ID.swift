/// What an id names; its prefix makes ids of different things impossible to mix up.
public protocol Identified {
    static var idPrefix: String { get }
}

/// An opaque, time-ordered id such as "rec_01JQ…": a prefix and a ULID (26 Crockford base32 digits).
public struct ID<Noun: Identified>: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// Reads an id; nil unless it has the noun's prefix and 26 base32 digits.
    public init?(_ text: String) {
        let prefix = "\(Noun.idPrefix)_"
        guard text.hasPrefix(prefix), ULID.isValid(text.utf8.dropFirst(prefix.utf8.count)) else { return nil }
        self.text = text
    }

    public init(_ ulid: ULID) { text = "\(Noun.idPrefix)_\(ulid.text)" }

    /// Takes an id that the database gave back.
    public init(stored text: String) { self.text = text }

    /// The ULID as a number, for tables of a million ids in memory; nil where the text holds none.
    public var bits: UInt128? {
        ULID.read(text.utf8.dropFirst(Noun.idPrefix.utf8.count + 1)).map { UInt128($0.milliseconds) << 80 | $0.chance }
    }

    /// The id that has these bits.
    public init(bits: UInt128) { self.init(ULID(milliseconds: Int64(bits >> 80), chance: bits & ULID.chanceMax)) }

    public var description: String { text }

    public static func < (one: ID, other: ID) -> Bool { one.text < other.text }
}
