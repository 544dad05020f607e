/// Names one place inside a JSON text (RFC 6901).
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// Keys and indices, unescaped, from the outside in.
    public let tokens: [String]

    /// The whole text.
    public static let root = JSONPointer(tokens: [])

    public init(tokens: [String]) { self.tokens = tokens }

    /// Nil unless the text is empty or begins with "/" and escapes nothing but `~0` and `~1`.
    public init?(_ text: String) {
        guard !text.isEmpty else { self = .root; return }
        guard text.first == "/" else { return nil }
        var tokens: [String] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// The place below this one.
    public func appending(_ key: String) -> JSONPointer { JSONPointer(tokens: tokens + [key]) }

    /// The element of the array that stands here.
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    /// "/lines/0/a~1b"; "" for the whole text.
    public var description: String { tokens.map { "/" + Self.escaped($0) }.joined() }

    /// An array index as RFC 6901 writes it: digits without a leading zero.
    static func index(_ token: String) -> Int? {
        guard token == "0" || !token.hasPrefix("0"), token.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(token)
    }

    private static func escaped(_ token: String) -> String {
        var text = ""
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func unescaped(_ part: Substring) -> String? {
        var token = ""
        var scalars = part.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else { token.unicodeScalars.append(scalar); continue }
            switch scalars.next() {
            case "0": token += "~"
            case "1": token += "/"
            default: return nil
            }
        }
        return token
    }
}
