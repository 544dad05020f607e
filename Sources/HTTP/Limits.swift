/// How much of a message is read before it is refused. Counts are bytes unless the name says otherwise.
public struct Limits: Sendable, Equatable {
    /// The request target; longer is 414 (RFC 9110 section 15.5.15).
    public var targetByteCountMax = 8 * 1024
    /// The method; longer than any known is 501 (RFC 9112 section 3).
    public var methodByteCountMax = 32
    /// Request line and fields together; more is 431 (RFC 6585 section 5).
    public var headByteCountMax = 64 * 1024
    /// Fields of a head or of a trailer section; more is 431.
    public var fieldCountMax = 100
    /// Empty lines before a request line (RFC 9112 section 2.2).
    public var leadingEmptyLineCountMax = 2
    /// The size line of one chunk with its extensions (RFC 9112 section 7.1.1).
    public var chunkLineByteCountMax = 1024
    /// All chunk extensions of one body, so that a body cannot be made of them.
    public var chunkExtensionByteCountMax = 16 * 1024
    /// The trailer section of one body.
    public var trailerByteCountMax = 16 * 1024

    public init() {}
}
