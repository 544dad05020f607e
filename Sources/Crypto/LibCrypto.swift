import COpenSSL

/// The border to libcrypto.
enum LibCrypto {
    /// Traps unless a call that can only fail for want of memory, or in a broken installation, has succeeded: nothing
    /// that continues without it would be safe.
    static func demand(_ result: Int32, _ call: StaticString = #function) {
        precondition(result == 1, "libcrypto failed in \(call)")
    }

    /// Lends the bytes as a pointer that is never null, which libcrypto wants even for no bytes.
    static func withBytes<Result>(
        _ bytes: some Sequence<UInt8>, _ body: (UnsafePointer<UInt8>, Int) -> Result
    ) -> Result {
        let lent = bytes.withContiguousStorageIfAvailable { lend($0, body) }
        return lent ?? Array(bytes).withUnsafeBufferPointer { lend($0, body) }
    }

    private static func lend<Result>(
        _ buffer: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<UInt8>, Int) -> Result
    ) -> Result {
        if let start = buffer.baseAddress { return body(start, buffer.count) }
        return withUnsafePointer(to: 0) { body($0, 0) }
    }
}
