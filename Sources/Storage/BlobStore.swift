import Crypto
import Glibc

/// Uploaded bytes by their SHA-256, in a folder: `blobs/ab/cd/abcd…`. A blob is whole and on disk, or not there at all.
public struct BlobStore: Sendable {
    /// The folder of finished blobs.
    public let folder: String
    /// Where uploads grow.
    public let incomingFolder: String
    /// Where uploads grow that can be resumed.
    let uploadsFolder: String
    private let folders = DurableFolders()

    /// Opens the store under a data folder, making what is missing.
    public init(dataFolder: String) throws {
        folder = "\(dataFolder)/blobs"
        incomingFolder = "\(dataFolder)/incoming"
        uploadsFolder = "\(dataFolder)/uploads"
        for path in [folder, incomingFolder, uploadsFolder] { try folders.make(path, in: dataFolder) }
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
        try folders.make(grandparent, in: folder)
        try folders.make(parent, in: grandparent)
        guard rename(temporary, target) == 0 else { throw SystemError("rename \(temporary)") }
        try Folder.sync(parent)
    }

    /// Removes what uploads of a process that ended have left. Only for the process that serves the folder.
    public func clearIncoming() throws {
        for name in try names(in: incomingFolder) { unlink("\(incomingFolder)/\(name)") }
    }

    /// The files of a folder.
    func names(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else { throw SystemError("open \(folder)") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
