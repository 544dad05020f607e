/// An entity tag (RFC 9110 section 8.8.3).
public struct EntityTag: Sendable, Hashable {
    public var isWeak: Bool
    /// Without the quotes.
    public var opaque: String

    public init(_ opaque: String, isWeak: Bool = false) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// Reads one tag, nil where the text is none.
    public init?(parsing text: some StringProtocol) {
        let isWeak = text.utf8.starts(with: "W/".utf8)
        let bytes = Array(text.utf8.dropFirst(isWeak ? 2 : 0))
        guard bytes.count >= 2, bytes.first == Octets.quote, bytes.last == Octets.quote,
            bytes[1..<bytes.count - 1].allSatisfy({ $0 > 0x20 && $0 != Octets.quote && $0 != 0x7F })
        else { return nil }
        self.init(String(decoding: bytes[1..<bytes.count - 1], as: UTF8.self), isWeak: isWeak)
    }

    /// As it stands in `ETag`.
    public var text: String { (isWeak ? "W/" : "") + "\"" + opaque + "\"" }

    /// Equal and both strong (RFC 9110 section 8.8.3.2).
    public func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Equal, weak or not.
    public func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }
}
