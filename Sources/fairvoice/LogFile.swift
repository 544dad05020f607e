import Dispatch
import Foundation
import Synchronization

/// Where whole lines are appended: a file that can be moved away and opened anew, or standard error. Lines are written behind the
/// caller's back: a disk that is full, and a reader that is slow or gone, stop nothing. What can't be kept until then is lost, and
/// counted.
final class LogFile: Sendable {
    /// Bytes that wait to be written; what comes beyond is lost.
    static let waitingByteCountMax = 4 << 20

    /// Nil for standard error.
    private let path: String?
    private let queue = DispatchQueue(label: "fairvoice.log")
    /// Used on the queue only, but for the first time.
    private let descriptor: Mutex<Int32>
    private let waitingByteCount = Mutex(0)
    private let onLoss: @Sendable (_ lineCount: Int) -> Void

    /// - Parameter onLoss: told of lines that are lost. It must not block.
    init(path: String?, onLoss: @escaping @Sendable (_ lineCount: Int) -> Void = { _ in }) throws {
        self.path = path
        self.onLoss = onLoss
        descriptor = Mutex(try path.map(Self.open) ?? STDERR_FILENO)
    }

    /// Opens the path again, and makes the file where it was moved away; lines from here on go there. On failure the old file goes on.
    func reopen() throws {
        guard let path else { return }
        let fresh = try Self.open(path)
        queue.async { [self] in
            let old = descriptor.withLock { descriptor in
                defer { descriptor = fresh }
                return descriptor
            }
            close(old)
        }
    }

    /// Does not block.
    func write(_ bytes: [UInt8]) {
        let isTaken = waitingByteCount.withLock { count in
            guard count + bytes.count <= Self.waitingByteCountMax else { return false }
            count += bytes.count
            return true
        }
        guard isTaken else { return onLoss(Self.lineCount(bytes)) }
        queue.async { [self] in
            put(bytes)
            waitingByteCount.withLock { $0 -= bytes.count }
        }
    }

    /// Waits until what was taken is written, but for no longer than this.
    func flush(seconds: Double) {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: .now() + seconds)
    }

    private func put(_ bytes: [UInt8]) {
        let descriptor = descriptor.withLock { $0 }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                return onLoss(Self.lineCount(rest))
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func lineCount(_ bytes: some Sequence<UInt8>) -> Int { bytes.count { $0 == UInt8(ascii: "\n") } }

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
