/// The cookies of a request in their order (RFC 6265 section 5.4). Pairs that are malformed are left out, as every
/// server does: the client cannot be told apart from a proxy that added them.
public struct Cookies: Sendable, Equatable {
    public struct Cookie: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    public private(set) var all: [Cookie] = []

    public init(parsing value: String) {
        for pair in value.utf8.split(separator: Octets.semicolon) {
            guard let (name, value) = pair.cut(at: Octets.equals) else { continue }
            let trimmed = name.trimmingBlanks()
            guard !trimmed.isEmpty, trimmed.allSatisfy({ Octets.isToken($0) }) else { continue }
            all.append(Cookie(name: String(Substring(trimmed)), value: Self.unquoted(value.trimmingBlanks())))
        }
    }

    /// The value of the first cookie of this name; names are case-sensitive.
    public subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    private static func unquoted(_ value: Substring.UTF8View) -> String {
        let isQuoted = value.count >= 2 && value.first == Octets.quote && value.last == Octets.quote
        return String(Substring(isQuoted ? value.dropFirst().dropLast() : value))
    }
}

extension Request {
    public var cookies: Cookies {
        Cookies(parsing: fields.values("Cookie").joined(separator: "; "))
    }
}
