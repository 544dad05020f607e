import CZlib

/// Compresses bytes in pieces to one member of the gzip format (RFC 1952). The same bytes give the same result, whatever the pieces:
/// no time and no name stands in the header.
public final class Gzip {
    /// zlib's own default: beyond it time doubles for a few bytes.
    private static let level: Int32 = 6
    /// The largest window, and 16 for the header of gzip.
    private static let windowBits: Int32 = 15 + 16
    private static let memoryLevel: Int32 = 8
    private static let pieceByteCount = 32 << 10

    private var stream = z_stream()
    private var isFinished = false

    public init() {
        let result = deflateInit2_(
            &stream, Self.level, Z_DEFLATED, Self.windowBits, Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib can't begin: no memory, or another version than it was compiled with")
    }

    deinit { deflateEnd(&stream) }

    /// All of some bytes at once.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        let gzip = Gzip()
        return gzip.add(bytes) + gzip.finish()
    }

    /// Takes more bytes; answers what of the result is ready, which may be nothing.
    public func add(_ bytes: [UInt8]) -> [UInt8] {
        precondition(!isFinished, "A member that is finished takes no more")
        return bytes.isEmpty ? [] : run(bytes, Z_NO_FLUSH)
    }

    /// The rest of the result. Called once, last.
    public func finish() -> [UInt8] {
        precondition(!isFinished, "Finished twice")
        isFinished = true
        return run([], Z_FINISH)
    }

    private func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var result: [UInt8] = []
        var input = bytes
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            repeat {
                let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceByteCount) { room, count in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    let status = deflate(&stream, flush)
                    precondition(status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR, "zlib: \(status)")
                    count = room.count - Int(stream.avail_out)
                }
                result += piece
            } while stream.avail_out == 0
        }
        stream.next_in = nil
        stream.next_out = nil
        return result
    }
}
