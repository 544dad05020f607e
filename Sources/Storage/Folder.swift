import Glibc

/// Folders on disk. A file is safe once it is synced and the folder that names it is.
public enum Folder {
    /// Makes a folder that only its owner can read; one that is there already is left as it is.
    public static func make(_ path: String) throws {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw SystemError("make folder \(path)")
    }

    /// Puts the names in a folder on disk.
    public static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)") }
    }

    /// Makes a folder with all that it lies in, and puts the names of those that were missing on disk, and its own: whoever
    /// made it may have been killed before that.
    public static func makeDurably(_ path: String) throws {
        let parent = parent(of: path)
        if access(path, F_OK) != 0 {
            if access(parent, F_OK) != 0 { try makeDurably(parent) }
            try make(path)
        }
        do { try sync(parent) } catch let error as SystemError where error.code == EACCES { return }
    }

    private static func parent(of path: String) -> String {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        if !parts.isEmpty { parts.removeLast() }
        if path.hasPrefix("/") { return "/" + parts.joined(separator: "/") }
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
