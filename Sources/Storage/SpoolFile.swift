import Crypto
import Glibc

/// Bytes of one answer that are too many for memory, in a file that has no name: the disk has them back when nobody holds this any
/// more, and after a crash too. Written by one, then read by one.
public final class SpoolFile: @unchecked Sendable {
    // Unchecked: whoever writes hands it on, and reading changes nothing here.
    private static let bufferByteCount = 64 << 10

    private let descriptor: Int32
    private var hash = SHA256()
    private var buffer: [UInt8] = []
    private var writtenByteCount: Int64 = 0

    fileprivate init(in folder: String) throws {
        var template = Array("\(folder)/spool-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SystemError("make a file in \(folder)") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
        buffer.reserveCapacity(Self.bufferByteCount)
    }

    deinit { close(descriptor) }

    public var byteCount: Int64 { writtenByteCount + Int64(buffer.count) }

    public func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    /// Ends writing.
    /// - Returns: SHA-256 of all bytes.
    public func finish() throws -> [UInt8] {
        try flush()
        return hash.digest()
    }

    /// Between 1 and `count` bytes from `offset`, which is below `byteCount`.
    public func read(at offset: Int64, count: Int) throws -> [UInt8] {
        var readCount = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            readCount = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            initialised = max(0, readCount)
        }
        guard readCount > 0 else { throw SystemError("read a spooled answer") }
        return bytes
    }

    private func flush() throws {
        hash.update(buffer)
        try WholeWrite.append(buffer, to: descriptor, attempt: "write a spooled answer")
        writtenByteCount += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }
}

extension BlobStore {
    /// An empty file for an answer.
    public func spool() throws -> SpoolFile { try SpoolFile(in: incomingFolder) }
}
