/// The four forms of a request target (RFC 9112 section 3.2), brought to path and query. The text is ASCII, which the
/// head parser has seen to.
struct RequestTarget {
    /// In origin form, or "*".
    var text: String
    var path: String
    var query: String?
    /// From the absolute form, where it overrides `Host` (RFC 9112 section 3.2.2).
    var authority: String?

    init(_ raw: String, method: Method) throws(RequestFailure) {
        if raw.utf8.first == Octets.slash {
            self.init(origin: raw, authority: nil)
        } else if raw == "*" {
            guard method == .options else {
                throw RequestFailure(status: 400, detail: "The target * is for OPTIONS only (RFC 9112 section 3.2.4)")
            }
            self.init(text: "*", path: "/")
        } else if method.rawValue == "CONNECT" {
            throw RequestFailure(status: 501, detail: "This server is no proxy (RFC 9110 section 9.3.6)")
        } else {
            try self.init(absolute: raw)
        }
    }

    private init(text: String, path: String, query: String? = nil, authority: String? = nil) {
        self.text = text
        self.path = path
        self.query = query
        self.authority = authority
    }

    private init(origin: String, authority: String?) {
        let mark = origin.utf8.firstIndex(of: 0x3F)
        self.init(
            text: origin,
            path: String(origin[..<(mark ?? origin.endIndex)]),
            query: mark.map { String(origin[origin.utf8.index(after: $0)...]) },
            authority: authority)
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
        let behind = rest[authority.endIndex...]
        self.init(origin: behind.hasPrefix("/") ? String(behind) : "/" + behind, authority: String(authority))
    }
}
