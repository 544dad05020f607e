/// A language as a BCP 47 tag of language, optional script and optional region: "de", "zh-Hant", "pt-BR".
public struct Language: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let tag: String

    /// Nil unless the text is such a tag in its usual case.
    public init?(_ text: String) {
        var parts = text.split(separator: "-", omittingEmptySubsequences: false)[...]
        guard let language = parts.popFirst(), (2...3).contains(language.utf8.count),
            language.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return nil }
        if let script = parts.first, script.utf8.count == 4 {
            guard script.utf8.first.map({ (0x41...0x5A).contains($0) }) == true,
                script.utf8.dropFirst().allSatisfy({ (0x61...0x7A).contains($0) })
            else { return nil }
            parts = parts.dropFirst()
        }
        if let region = parts.popFirst() {
            guard region.utf8.count == 2, region.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        }
        guard parts.isEmpty else { return nil }
        tag = text
    }

    /// The pattern that `init` accepts, for the contract.
    public static let pattern = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"

    public var description: String { tag }

    public static func < (one: Language, other: Language) -> Bool { one.tag < other.tag }
}
