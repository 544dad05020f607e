import Glibc

/// The file of a Unix socket that this process has made. It goes with the listener, unless somebody else has put theirs there.
final class UnixSocketFile: Sendable {
    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// The file that has just been made.
    init(path: String) throws(ServerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .system(call: "lstat \(path)", code: errno) }
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    deinit {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(path)
    }

    /// Removes what a process left that was killed. A socket where somebody listens stays, and so does every other file.
    static func removeStale(_ path: String, _ address: SocketAddress) throws(ServerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .cannotListen(at: path, code: errno) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard probe >= 0 else { throw .system(call: "socket", code: errno) }
        defer { close(probe) }
        let code = address.withPointer { connect(probe, $0, $1) == 0 ? 0 : errno }
        // A full queue (EAGAIN) has a listener too. Only a refusal says that there is none.
        guard code == ECONNREFUSED else { throw .cannotListen(at: path, code: code == 0 || code == EAGAIN ? EADDRINUSE : code) }
        guard unlink(path) == 0 else { throw .cannotListen(at: path, code: errno) }
    }
}
