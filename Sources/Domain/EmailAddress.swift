/// An e-mail address as payment services take it: plain ASCII, no quoting, nothing that a spreadsheet reads as a formula.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil unless it is a local part that begins with a letter or digit, "@", and a domain with a point.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({ Self.isWord($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }),
            parts[0].utf8.first.map(Self.isWord) == true
        else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel) else { return nil }
        self.text = text
    }

    /// Enough to recognise it: "a…@example.org".
    public var masked: String { "\(text.prefix(1))…\(text.drop { $0 != "@" })" }

    public var description: String { text }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
            && label.utf8.first != UInt8(ascii: "-") && label.utf8.last != UInt8(ascii: "-")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
