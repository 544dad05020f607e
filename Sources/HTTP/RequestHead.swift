/// A parsed head with what the connection must know of it.
public struct RequestHead: Sendable {
    /// Without `id`, `peer`, `client` and `isSecure`, which `Request.arrive` fills in.
    public var request: Request
    public var framing: BodyFraming
    /// Whether the client lets the connection live on (RFC 9112 section 9.3).
    public var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1).
    public var expectsContinue: Bool
    /// HTTP/1.0 knows no chunked bodies and closes unless told otherwise.
    public var isVersion10: Bool
    /// Bytes from the first of the head to the first behind it.
    public var byteCount: Int
}
