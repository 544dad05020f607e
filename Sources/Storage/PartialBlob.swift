import Crypto
import Glibc

/// The bytes of an upload that can be resumed, on their way to disk. Only what was synced counts.
public final class PartialBlob {
    private let path: String
    private var descriptor: Int32
    public private(set) var byteCount: Int64

    /// Opens what is there and drops everything behind the offset: it was not synced for certain.
    ///
    /// - Parameter byteOffset: bytes that count; fewer where the file holds fewer.
    fileprivate init(path: String, at byteOffset: Int64) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("look at \(path)") }
        byteCount = min(byteOffset, Int64(status.st_size))
        try cut(to: byteCount)
    }

    deinit { close() }

    public func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress! + written, $0.count - written, off_t(byteCount))
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                throw SystemError("write \(path)")
            }
            written += count
            byteCount += Int64(count)
        }
    }

    /// Drops what is behind the offset.
    public func cut(to byteOffset: Int64) throws {
        guard ftruncate(descriptor, off_t(byteOffset)) == 0 else { throw SystemError("cut \(path)") }
        byteCount = byteOffset
    }

    /// Puts the bytes on disk.
    public func sync() throws {
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)") }
    }

    /// SHA-256 of everything, in hexadecimal; reads the file once.
    fileprivate func hash() throws -> String {
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var offset: Int64 = 0
        while offset < byteCount {
            let count = pread(descriptor, &buffer, buffer.count, off_t(offset))
            guard count > 0 else { throw SystemError("read \(path)") }
            hash.update(buffer[..<count])
            offset += Int64(count)
        }
        return Hex.encode(hash.digest())
    }

    public func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}

extension BlobStore {
    /// Where an upload's bytes grow.
    ///
    /// - Parameter name: letters, digits and "_" alone.
    private func partialPath(_ name: String) -> String { "\(uploadsFolder)/\(name)" }

    /// Makes an empty file for an upload; its name is on disk when this returns.
    public func beginPartial(_ name: String) throws {
        let path = partialPath(name)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("make \(path)") }
        close(descriptor)
        try Folder.sync(uploadsFolder)
    }

    public func openPartial(_ name: String, at byteOffset: Int64) throws -> PartialBlob {
        try PartialBlob(path: partialPath(name), at: byteOffset)
    }

    /// Bytes of an upload's file; 0 where there is none.
    public func partialByteCount(_ name: String) -> Int64 {
        var status = stat()
        return stat(partialPath(name), &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Makes a complete upload a blob: fsync, rename, fsync of the folders.
    ///
    /// - Returns: its hash, in hexadecimal.
    public func finish(_ partial: PartialBlob, _ name: String) throws -> String {
        try partial.sync()
        let sha256 = try partial.hash()
        try adopt(partialPath(name), as: sha256)
        partial.close()
        return sha256
    }

    public func removePartial(_ name: String) { unlink(partialPath(name)) }

    /// Removes files of uploads that are not known.
    public func removePartials(except known: Set<String>) throws {
        for name in try names(in: uploadsFolder) where !known.contains(name) { removePartial(name) }
    }
}
