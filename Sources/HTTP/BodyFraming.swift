/// How the end of a request's body is found (RFC 9112 section 6.3).
public enum BodyFraming: Sendable, Equatable {
    case none
    case length(Int64)
    case chunked

    /// Reads `Transfer-Encoding` and `Content-Length`. Every doubt is refused: two readings of one message are how
    /// requests are smuggled (RFC 9112 section 11.2).
    init(of fields: Fields, isVersion10: Bool) throws(RequestFailure) {
        let codings = fields.values("Transfer-Encoding")
        let lengths = fields.values("Content-Length")
        if !codings.isEmpty {
            guard lengths.isEmpty else {
                throw RequestFailure(
                    status: 400, detail: "Content-Length beside Transfer-Encoding (RFC 9112 section 6.1)")
            }
            guard !isVersion10 else {
                throw RequestFailure(status: 400, detail: "Transfer-Encoding in HTTP/1.0 (RFC 9112 section 6.1)")
            }
            try Self.checkChunked(codings)
            self = .chunked
        } else if let value = lengths.first {
            guard lengths.count == 1 else {
                throw RequestFailure(status: 400, detail: "Repeated Content-Length (RFC 9112 section 6.3)")
            }
            self = try .length(Self.length(value))
        } else {
            self = .none
        }
    }

    private static func checkChunked(_ values: [String]) throws(RequestFailure) {
        let codings = values.flatMap { ListScanner($0) }.map { $0.lowercased() }
        for coding in codings {
            let name = coding.utf8.prefix { Octets.isToken($0) }
            let behind = coding.utf8[name.endIndex...].first
            guard !name.isEmpty, behind == nil || behind == Octets.semicolon || Octets.isBlank(behind!) else {
                throw RequestFailure(status: 400, detail: "Malformed Transfer-Encoding (RFC 9112 section 6.1)")
            }
        }
        guard codings.last == "chunked" else {
            throw RequestFailure(status: 400, detail: "The last transfer coding is not chunked (RFC 9112 section 6.3)")
        }
        guard !codings.dropLast().contains("chunked") else {
            throw RequestFailure(status: 400, detail: "Chunked is applied twice (RFC 9112 section 6.1)")
        }
        guard codings.count == 1 else {
            throw RequestFailure(status: 501, detail: "Unknown transfer coding (RFC 9112 section 6.1)")
        }
    }

    private static func length(_ value: String) throws(RequestFailure) -> Int64 {
        guard !value.isEmpty, value.utf8.allSatisfy({ Octets.isDigit($0) }) else {
            throw RequestFailure(status: 400, detail: "Content-Length is not a number (RFC 9110 section 8.6)")
        }
        guard let length = Int64(value) else {
            throw RequestFailure(status: 413, detail: "Content-Length is beyond any limit (RFC 9110 section 8.6)")
        }
        return length
    }
}
