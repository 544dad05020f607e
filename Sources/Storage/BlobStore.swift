import Crypto
import Glibc

/// Uploaded bytes by their SHA-256, in a folder: `blobs/ab/cd/abcd…`. A blob is whole and on disk, or not there at all.
public struct BlobStore: Sendable {
    /// The folder of finished blobs.
    public let folder: String
    /// Where uploads grow; emptied at every start.
    public let incomingFolder: String

    /// Opens the store under a data folder, making what is missing and clearing what a crash left.
    public init(dataFolder: String) throws {
        folder = "\(dataFolder)/blobs"
        incomingFolder = "\(dataFolder)/incoming"
        for path in [folder, incomingFolder] { try Self.makeFolder(path) }
        try clearIncoming()
    }

    /// Where a blob is or would be.
    ///
    /// - Parameter sha256: 64 hexadecimal digits.
    public func path(of sha256: String) -> String {
        "\(folder)/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256)"
    }

    /// Begins a blob whose hash is not known yet.
    public func begin() throws -> BlobWriter { try BlobWriter(store: self) }

    /// Size of a blob, nil where there is none.
    public func byteCount(of sha256: String) -> Int64? {
        var status = stat()
        return stat(path(of: sha256), &status) == 0 ? Int64(status.st_size) : nil
    }

    /// The SHA-256 of what a blob holds now, in hexadecimal; nil where there is none.
    public func recomputedHash(of sha256: String) throws -> String? {
        let path = path(of: sha256)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw SystemError("read \(path)") }
            if count == 0 { return Hex.encode(hash.digest()) }
            hash.update(buffer[..<count])
        }
    }

    /// Moves a finished file to its place and makes the move durable.
    func adopt(_ temporary: String, as sha256: String) throws {
        let target = path(of: sha256)
        let parent = String(target.dropLast(sha256.count + 1))
        let grandparent = String(parent.dropLast(3))
        if try Self.makeFolder(grandparent) { try Self.syncFolder(folder) }
        if try Self.makeFolder(parent) { try Self.syncFolder(grandparent) }
        guard rename(temporary, target) == 0 else { throw SystemError("rename \(temporary)") }
        try Self.syncFolder(parent)
    }

    private func clearIncoming() throws {
        guard let stream = opendir(incomingFolder) else { throw SystemError("open \(incomingFolder)") }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(incomingFolder)/\(name)") }
        }
    }

    /// Makes a folder that only its owner can read; false when it was there.
    @discardableResult
    static func makeFolder(_ path: String) throws -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw SystemError("make folder \(path)") }
        return false
    }

    static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)") }
    }
}
