/// How the bytes of an answer are coded for the way (RFC 9110 section 8.4.1).
public enum ContentCoding: Sendable, Equatable {
    case identity
    case gzip

    /// What a client likes best of what is offered (RFC 9110 section 12.5.3): gzip where it takes it at least as gladly as bytes as they
    /// are. Without the field, and where it is malformed or refuses everything, bytes as they are: to refuse the request would help nobody.
    public init(for request: Request) {
        let values = request.fields.values("Accept-Encoding")
        self = values.isEmpty ? .identity : Self.best(values)
    }

    private static func best(_ values: [String]) -> ContentCoding {
        var named: [String: Int] = [:]
        for element in values.flatMap({ ListScanner($0) }) {
            var scanner = TokenScanner(element)
            guard let name = scanner.token()?.lowercased(), let parameters = scanner.parameters(), scanner.isAtEnd,
                parameters.count <= 1, let weight = weight(parameters.first)
            else { return .identity }
            // The same coding under its old name (section 8.4.1.3).
            named[name == "x-gzip" ? "gzip" : name] = weight
        }
        guard let gzip = named["gzip"] ?? named["*"], gzip > 0 else { return .identity }
        return gzip >= named["identity"] ?? 0 ? .gzip : .identity
    }

    /// In thousandths (section 12.4.2); nil where it is none.
    private static func weight(_ parameter: (name: String, value: String)?) -> Int? {
        guard let parameter else { return 1000 }
        let digits = Array(parameter.value.utf8)
        guard parameter.name == "q", let first = digits.first, first == Octets.zero || first == Octets.zero + 1,
            digits.count == 1 || (digits[1] == 0x2E && digits.count <= 5), digits.dropFirst(2).allSatisfy({ Octets.isDigit($0) })
        else { return nil }
        let fraction = (Array(digits.dropFirst(2)) + [Octets.zero, Octets.zero, Octets.zero]).prefix(3)
        let weight = fraction.reduce(Int(first - Octets.zero)) { $0 * 10 + Int($1 - Octets.zero) }
        return weight <= 1000 ? weight : nil
    }
}

extension EntityTag {
    /// Behind the tag of bytes that are coded: other bytes, another tag (RFC 9110 section 8.8.3.3).
    private static let gzipSuffix = "-gzip"

    /// The tag of the same content, coded.
    public func coded(_ coding: ContentCoding) -> EntityTag {
        coding == .gzip ? EntityTag(opaque + Self.gzipSuffix, isWeak: isWeak) : self
    }

    /// The tag of the content before it was coded, which is what a client means that changes it.
    public var uncoded: EntityTag {
        opaque.hasSuffix(Self.gzipSuffix) ? EntityTag(String(opaque.dropLast(Self.gzipSuffix.count)), isWeak: isWeak) : self
    }
}
