import Foundation
import Synchronization

/// Where whole lines are appended: a file that can be moved away and opened anew, or standard error. A disk that is full or a reader
/// that is gone stops nothing.
final class LogFile: Sendable {
    /// Nil for standard error.
    private let path: String?
    private let descriptor: Mutex<Int32>

    init(path: String?) throws {
        self.path = path
        descriptor = Mutex(try path.map(Self.open) ?? STDERR_FILENO)
    }

    /// Opens the path again, and makes the file where it was moved away. On failure the old file goes on.
    func reopen() throws {
        guard let path else { return }
        let fresh = try Self.open(path)
        let old = descriptor.withLock { descriptor in
            defer { descriptor = fresh }
            return descriptor
        }
        close(old)
    }

    func write(_ bytes: [UInt8]) {
        descriptor.withLock { descriptor in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else {
                    if count < 0, errno == EINTR { continue }
                    return
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Of a file that is made anew, whatever the process's mask: a log is for who operates the server too.
    private static let mode: mode_t = 0o640

    private static func open(_ path: String) throws -> Int32 {
        let flags = O_WRONLY | O_APPEND | O_CLOEXEC
        var descriptor = Foundation.open(path, flags | O_CREAT | O_EXCL, mode)
        if descriptor >= 0 {
            fchmod(descriptor, mode)
        } else if errno == EEXIST {
            descriptor = Foundation.open(path, flags)
        }
        guard descriptor >= 0 else { throw BadInput("--access-log: can't open \(path): \(String(cString: strerror(errno)))") }
        return descriptor
    }
}
