/// Reads `Forwarded` (RFC 7239 section 4).
enum ForwardedParser {
    /// Its elements in order, those of the first proxy first; nil without the field.
    /// - Throws: 400 where the grammar is broken: a client that leaves a quoted string open would otherwise swallow what
    ///   the proxies wrote behind it.
    static func hops(_ fields: Fields) throws(RequestFailure) -> [ForwardedHop]? {
        let values = fields.values("Forwarded")
        guard !values.isEmpty else { return nil }
        var hops: [ForwardedHop] = []
        for value in values {
            var scanner = TokenScanner(value)
            repeat {
                scanner.skipBlanks()
                // An empty element of a list counts for nothing (RFC 9110 section 5.6.1).
                if let hop = try element(&scanner) { hops.append(hop) }
                guard hops.count <= Forwarding.hopCountMax else { throw malformed }
                scanner.skipBlanks()
            } while scanner.take(Octets.comma)
            guard scanner.isAtEnd else { throw malformed }
        }
        return hops
    }

    /// `[ pair ] *( ";" [ pair ] )`, each name once; nil where there is no pair.
    private static func element(_ scanner: inout TokenScanner) throws(RequestFailure) -> ForwardedHop? {
        var hop: ForwardedHop?
        var names: Set<String> = []
        repeat {
            scanner.skipBlanks()
            guard let name = scanner.token()?.lowercased() else { continue }
            guard scanner.take(Octets.equals), let value = scanner.token() ?? scanner.quotedString(),
                names.insert(name).inserted
            else { throw malformed }
            var known = hop ?? ForwardedHop()
            switch name {
            case "for": known.address = ForwardedHop.address(ofNode: value)
            case "proto": known.isSecure = ForwardedHop.isSecure(value)
            case "host":
                guard Authority.isValid(value) else { throw malformed }
                known.host = value
            default: break
            }
            hop = known
            scanner.skipBlanks()
        } while scanner.take(Octets.semicolon)
        return hop
    }

    private static let malformed = RequestFailure(status: 400, detail: "Forwarded is malformed (RFC 7239 section 4)")
}
