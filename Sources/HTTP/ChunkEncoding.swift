/// The frame of one chunk (RFC 9112 section 7.1).
public enum ChunkEncoding {
    /// The last chunk and an empty trailer section.
    public static let end = Array("0\r\n\r\n".utf8)

    /// Behind the content of a chunk.
    public static let lineEnd = [Octets.carriageReturn, Octets.lineFeed]

    /// The size line of a chunk; its content must not be empty and is followed by CR LF.
    public static func sizeLine(_ count: Int) -> [UInt8] {
        Array(String(count, radix: 16).utf8) + [Octets.carriageReturn, Octets.lineFeed]
    }
}
