/// How much is held in memory for one connection, in bytes.
enum Buffering {
    /// One read from a socket, one turn of a body, one read of a file under TLS.
    static let turnByteCount = 256 * 1024
    /// Above this of answers waiting, nothing more is made and no further request is parsed.
    static let outputHighMark = 256 * 1024
    /// A piece of a body as its receiver gets it. While one waits that is as long, the socket is not read.
    static let bodyPieceByteCount = 512 * 1024
    /// Of a body of which less than this is to come, no piece is made ready: what comes is copied behind what is there.
    static let directByteCountMin: Int64 = 64 * 1024
    /// One read of content for an answer.
    static let contentByteCount = 256 * 1024
    /// One `sendfile`, before other connections have their turn.
    static let fileSliceByteCount = 1024 * 1024
    /// A body nobody wants is read to its end up to here; beyond, the connection closes.
    static let droppedBodyMax: Int64 = 64 * 1024
    /// Events waiting for one client; beyond, it is dropped as too slow.
    static let eventByteCountMax = 1024 * 1024
    /// Bytes up to here are copied together so that they leave in one packet.
    static let copiedByteCountMax = 16 * 1024
    /// What is read and thrown away at a lingering close.
    static let lingerByteCountMax = 4 * 1024 * 1024
}
