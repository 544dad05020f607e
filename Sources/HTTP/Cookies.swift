/// The cookies of a request in their order (RFC 6265 section 5.4). Pairs that are malformed are left out, as every
/// server does: the client cannot be told apart from a proxy that added them.
public struct Cookies: Sendable, Equatable {
    public struct Cookie: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    public private(set) var all: [Cookie] = []

    public init(parsing value: String) {
        for pair in value.split(separator: ";") {
            var scanner = TokenScanner(pair)
            scanner.skipBlanks()
            guard let name = scanner.token(), scanner.take(Octets.equals) else { continue }
            let raw = pair[pair.firstIndex(of: "=")!...].dropFirst()
            all.append(Cookie(name: name, value: Self.unquoted(raw)))
        }
    }

    /// The value of the first cookie of this name; names are case-sensitive.
    public subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    private static func unquoted(_ raw: Substring) -> String {
        var text = raw
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        return String(text)
    }
}

extension Request {
    public var cookies: Cookies {
        Cookies(parsing: fields.values("Cookie").joined(separator: "; "))
    }
}
