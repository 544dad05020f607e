import Glibc

/// `sync_file_range`, which the Swift module of glibc leaves out. It is looked up by name in the C library that is linked anyway.
enum Writeback {
    private typealias Call = @convention(c) (Int32, off_t, off_t, UInt32) -> Int32

    /// SYNC_FILE_RANGE_WRITE of `<fcntl.h>`.
    private static let write: UInt32 = 2
    private static let call = dlsym(nil, "sync_file_range").map { unsafeBitCast($0, to: Call.self) }

    /// Sets the disk to work on a part of a file, and does not wait. A hint, whose failure means nothing: what is durable, `fsync`
    /// alone tells.
    static func start(_ descriptor: Int32, from offset: Int64, byteCount: Int64) {
        _ = call?(descriptor, off_t(offset), off_t(byteCount), write)
    }
}
