import Glibc

/// `write` until nothing is left: the system may take a part of what it is given.
enum WholeWrite {
    /// Appends all bytes to an open file.
    ///
    /// - Parameter attempt: what to say was tried, where it fails.
    static func append(_ bytes: [UInt8], to descriptor: Int32, attempt: @autoclosure () -> String) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if count == 0 || errno != EINTR {
                    throw SystemError(attempt())
                }
            }
        }
    }
}
