/// The head of one request, parsed and checked. The body arrives through the `Plan` that the application returns.
///
/// A reference, because it is handed on many times: everything is settled before anybody but the server sees it.
public final class Request: @unchecked Sendable {  // Written by the parser and by `arrive` alone, before it is shared.
    public let method: Method
    /// The target as sent, in origin form: path and query, still percent-encoded.
    public let target: String
    /// The path, percent-encoded, always beginning with "/".
    public let path: String
    /// What stands behind "?", percent-encoded; nil without a "?".
    public let query: String?
    public private(set) var fields: Fields
    /// The request's identity in logs and in `X-Request-Id`, given by the server.
    public private(set) var id: String
    /// The numeric address of the client, or "unix".
    public private(set) var peer: String
    /// The same as a number; nil where the client has none.
    public private(set) var client: IPAddress?
    /// Whether it came over TLS.
    public private(set) var isSecure: Bool
    /// Length of the body where `Content-Length` says it, 0 without a body, nil when chunked.
    public let contentLength: Int64?

    public init(
        method: Method, target: String, path: String, query: String? = nil, fields: Fields = Fields(), id: String = "",
        peer: String = "", client: IPAddress? = nil, isSecure: Bool = false, contentLength: Int64? = 0
    ) {
        self.method = method
        self.target = target
        self.path = path
        self.query = query
        self.fields = fields
        self.id = id
        self.peer = peer
        self.client = client
        self.isSecure = isSecure
        self.contentLength = contentLength
    }

    /// Fills in what the server knows. To be called once, by whoever had the head parsed, before it is handed on.
    ///
    /// - Parameter host: stands for `Host` where a proxy that is believed names another.
    package func arrive(id: String, peer: String, client: IPAddress?, isSecure: Bool, host: String? = nil) {
        self.id = id
        self.peer = peer
        self.client = client
        self.isSecure = isSecure
        if let host { fields["Host"] = host }
    }
}
