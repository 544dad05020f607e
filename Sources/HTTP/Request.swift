/// The head of one request, parsed and checked. The body arrives through the `Plan` that the application returns.
public struct Request: Sendable {
    public var method: Method
    /// The target as sent, in origin form: path and query, still percent-encoded.
    public var target: String
    /// The path, percent-encoded, always beginning with "/".
    public var path: String
    /// What stands behind "?", percent-encoded; nil without a "?".
    public var query: String?
    public var fields: Fields
    /// The request's identity in logs and in `X-Request-Id`, given by the server.
    public var id: String
    /// The numeric address of the client, or "unix".
    public var peer: String
    /// The same as a number; nil where the client has none.
    public var client: IPAddress?
    /// Whether it came over TLS.
    public var isSecure: Bool
    /// Length of the body where `Content-Length` says it, 0 without a body, nil when chunked.
    public var contentLength: Int64?

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
}
