import Crypto
import Glibc

/// One upload on its way to disk, hashed as it grows. Unless `finish` returns, nothing is left behind.
public final class BlobWriter {
    private let store: BlobStore
    private let path: String
    private var descriptor: Int32
    private var hash = SHA256()
    public private(set) var byteCount: Int64 = 0
    private var isOver = false
    /// How far the disk was asked to write.
    private var startedByteCount: Int64 = 0

    /// Bytes after which the disk is set to work while the rest still arrives, so that the end waits for little.
    private static let startByteCount: Int64 = 1 << 20

    init(store: BlobStore) throws {
        self.store = store
        var template = Array("\(store.incomingFolder)/upload-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SystemError("make a file in \(store.incomingFolder)") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { abandon() }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws {
        hash.update(bytes)
        byteCount += Int64(bytes.count)
        try WholeWrite.append(bytes, to: descriptor, attempt: "write \(path)")
        if byteCount - startedByteCount >= Self.startByteCount {
            // A hint: what is durable is for `finish` to make sure of.
            Writeback.start(descriptor, from: startedByteCount, byteCount: byteCount - startedByteCount)
            startedByteCount = byteCount
        }
    }

    /// The SHA-256 of what was written so far.
    public var digest: [UInt8] { hash.digest() }

    /// Makes the blob durable under its hash: fsync, rename, fsync of the folders. Bytes that are there already are kept.
    ///
    /// - Returns: the hash, in hexadecimal.
    public func finish() throws -> String {
        precondition(!isOver, "an upload ends once")
        let sha256 = Hex.encode(digest)
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)") }
        try store.adopt(path, as: sha256)
        isOver = true
        close(descriptor)
        return sha256
    }

    /// Gives the upload up; nothing is left behind.
    public func abandon() {
        guard !isOver else { return }
        isOver = true
        close(descriptor)
        unlink(path)
    }
}
