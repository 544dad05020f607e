/// A language as a BCP 47 tag of language, optional script and optional region: "de", "zh-Hant", "pt-BR".
public struct Language: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let tag: String

    /// Nil unless the text is such a tag in its usual case.
    public init?(_ text: String) {
        var text = text
        guard text.withUTF8({ Self.isTag($0) }) else { return nil }
        tag = text
    }

    private static func isTag(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes.drop { isSmall($0) }
        guard (2...3).contains(bytes.count - rest.count) else { return false }
        let script = rest.prefix(5)
        if script.count == 5, isPart(script.prefix(2)), script.dropFirst(2).allSatisfy({ isSmall($0) }) {
            rest = rest.dropFirst(5)
        }
        return rest.isEmpty || rest.count == 3 && isPart(rest)
    }

    /// Whether capitals stand behind a hyphen.
    private static func isPart(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.first == UInt8(ascii: "-") && bytes.dropFirst().allSatisfy { (0x41...0x5A).contains($0) }
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    /// The pattern that `init` accepts, for the contract.
    public static let pattern = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"

    public var description: String { tag }

    public static func < (one: Language, other: Language) -> Bool { one.tag < other.tag }
}
