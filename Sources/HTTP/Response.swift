/// One answer. The server adds `Date`, `Content-Length` or chunked framing, `Connection` and `X-Request-Id`, leaves
/// the body out for HEAD, and applies conditions and ranges (`Response.applyingConditions(of:)`).
public struct Response: Sendable {
    public var status: Int
    public var fields: Fields
    public var body: Body

    public init(status: Int, fields: Fields = Fields(), body: Body = .empty) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    public enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// A part of a file, sent with `sendfile` where the connection is plain.
        case file(path: String, offset: Int64, byteCount: Int64)
        /// Bytes of known length made on demand at any offset, so that ranges work.
        case content(any SeekableContent, offset: Int64, byteCount: Int64)
        /// Bytes of unknown length, made on demand, sent chunked.
        case sequence(any ContentSequence)
        /// Bytes pushed whenever there is news (`text/event-stream`). Called once when the head has been sent; what it
        /// returns is called once when the connection is gone or the sink was closed. Both calls come from the blocking pool.
        case events(@Sendable (any EventSink) -> @Sendable () -> Void)
    }
}

/// Content of fixed length that can be read from any offset. Called on the blocking pool, one call at a time.
public protocol SeekableContent: Sendable {
    var byteCount: Int64 { get }
    /// Between 1 and `count` bytes from `offset`, which is below `byteCount`. An error ends the connection.
    func read(at offset: Int64, count: Int) throws -> [UInt8]
}

/// Content that comes in order until it ends. Called on the blocking pool, one call at a time.
public protocol ContentSequence: AnyObject, Sendable {
    /// The next bytes, not empty, or nil at the end. An error ends the connection.
    func next() throws -> [UInt8]?
}

/// Where pushed bytes go. Safe to call from any thread.
public protocol EventSink: Sendable {
    /// Queues the bytes; false when the connection is gone or its client too slow to keep.
    @discardableResult func send(_ bytes: [UInt8]) -> Bool
    /// Ends the stream once everything queued is sent.
    func close()
}
