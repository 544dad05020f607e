import Glibc

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The `errno` it left.
    public let code: Int32
    /// What was tried, such as "open /data/blobs/ab".
    public let attempt: String

    public init(_ attempt: String, code: Int32 = errno) {
        self.code = code
        self.attempt = attempt
    }

    public var description: String { "\(attempt): \(String(cString: strerror(code)))" }

    /// Whether space ran out, on the disk or in a quota.
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}
