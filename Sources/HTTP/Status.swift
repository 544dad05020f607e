/// The phrases of RFC 9110 section 15 and RFC 6585 that stand behind a status code.
public enum Status {
    /// The reason phrase; empty for a code this server never names.
    public static func reason(_ status: Int) -> String {
        phrases[status] ?? ""
    }

    /// The status line without its end (RFC 9112 section 4).
    static func line(_ status: Int) -> [UInt8] {
        lines[status] ?? Array("HTTP/1.1 \(status) ".utf8)
    }

    private static let lines = Dictionary(
        uniqueKeysWithValues: phrases.map { ($0, Array("HTTP/1.1 \($0) \($1)".utf8)) })

    /// Whether an answer of this status has no body whatever its fields say (RFC 9112 section 6.3).
    public static func isBodiless(_ status: Int) -> Bool {
        status < 200 || status == 204 || status == 304
    }

    private static let phrases: [Int: String] = [
        100: "Continue", 101: "Switching Protocols",
        200: "OK", 201: "Created", 202: "Accepted", 203: "Non-Authoritative Information", 204: "No Content",
        205: "Reset Content", 206: "Partial Content",
        300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
        411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long",
        415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed",
        421: "Misdirected Request", 422: "Unprocessable Content", 425: "Too Early", 426: "Upgrade Required",
        428: "Precondition Required", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
        451: "Unavailable For Legal Reasons",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout", 505: "HTTP Version Not Supported", 507: "Insufficient Storage",
    ]
}
