/// The four forms of a request target (RFC 9112 section 3.2), brought to path and query.
///
/// Characters that no client has a right to send, and that no browser's URL has, are refused: a client is told how to write them,
/// rather than that nothing is there. A percent sign without its two digits is refused in the path, which could not be decoded; in a query,
/// where browsers leave it as it is, by whoever reads the query (`QueryItems`).
struct RequestTarget {
    /// In origin form, or "*".
    let text: String
    let path: String
    let query: String?
    /// From the absolute form, where it overrides `Host` (RFC 9112 section 3.2.2).
    private(set) var authority: String?

    private init(text: String, path: String, query: String? = nil) {
        self.text = text
        self.path = path
        self.query = query
    }

    /// - Parameter bytes: visible ASCII characters, at least one, which the head parser has seen to.
    init(_ bytes: Span<UInt8>, method: Method) throws(RequestFailure) {
        if bytes[0] == Octets.slash {
            try self.init(origin: bytes)
        } else if bytes.count == 1, bytes[0] == Self.asterisk {
            guard method == .options else {
                throw RequestFailure(status: 400, detail: "The target * is for OPTIONS only (RFC 9112 section 3.2.4)")
            }
            self.init(text: "*", path: "/")
        } else if method.rawValue == "CONNECT" {
            throw RequestFailure(status: 501, detail: "This server is no proxy (RFC 9110 section 9.3.6)")
        } else {
            try self.init(absolute: bytes.text(0..<bytes.count))
        }
    }

    private init(origin bytes: Span<UInt8>) throws(RequestFailure) {
        let pathEnd = try Self.pathEnd(of: bytes)
        let text = bytes.text(0..<bytes.count)
        guard pathEnd < bytes.count else {
            self.init(text: text, path: text)
            return
        }
        try Self.checkQuery(bytes, from: pathEnd + 1)
        self.init(text: text, path: bytes.text(0..<pathEnd), query: bytes.text(pathEnd + 1..<bytes.count))
    }

    private init(absolute raw: String) throws(RequestFailure) {
        let scheme = raw.prefix { $0 != ":" }
        guard ["http", "https"].contains(scheme.lowercased()), raw.dropFirst(scheme.count).hasPrefix("://") else {
            throw RequestFailure(status: 400, detail: "The target has no known form (RFC 9112 section 3.2)")
        }
        let rest = raw.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard Authority.isValid(authority) else {
            throw RequestFailure(status: 400, detail: "The target names no valid host (RFC 9112 section 3.2.2)")
        }
        let behind = rest[authority.endIndex...].utf8
        try self.init(origin: (behind.first == Octets.slash ? Array(behind) : [Octets.slash] + behind).span)
        self.authority = String(authority)
    }

    /// Where the query's question mark stands, or the end.
    private static func pathEnd(of bytes: Span<UInt8>) throws(RequestFailure) -> Int {
        for position in bytes.indices {
            let byte = bytes[position]
            if Octets.isPath(byte) {
                guard byte == Octets.percent else { continue }
                guard position + 2 < bytes.count, Octets.hexValue(bytes[position + 1]) != nil,
                    Octets.hexValue(bytes[position + 2]) != nil
                else { throw brokenEscape }
            } else {
                guard byte == Octets.questionMark else { throw refusal(of: byte, in: "path", "3.3") }
                return position
            }
        }
        return bytes.count
    }

    private static func checkQuery(_ bytes: Span<UInt8>, from start: Int) throws(RequestFailure) {
        for position in start..<bytes.count {
            let byte = bytes[position]
            guard Octets.isQuery(byte) else { throw refusal(of: byte, in: "query", "3.4") }
        }
    }

    private static func refusal(of byte: UInt8, in part: String, _ section: String) -> RequestFailure {
        let code = String(byte, radix: 16, uppercase: true)
        return RequestFailure(
            status: 400,
            detail: "The \(part) holds \(Character(Unicode.Scalar(byte))), which is written %\(code) there "
                + "(RFC 9112 section 3.2, RFC 3986 section \(section))")
    }

    private static var brokenEscape: RequestFailure {
        RequestFailure(
            status: 400,
            detail: "A percent sign in the path lacks its two hexadecimal digits; one that stands for itself is written %25 "
                + "(RFC 9112 section 3.2, RFC 3986 section 2.1)")
    }

    private static let asterisk: UInt8 = 0x2A
}
