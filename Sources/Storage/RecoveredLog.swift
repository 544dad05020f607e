import GRDB
import Glibc

/// The write-ahead log as a process finds it that opens the database.
///
/// A process that was killed between writing a commit and syncing it leaves a commit that recovery takes for good, and answers
/// that rest on it would be lost with the power. After a sync that failed it is worse: the kernel shows the bytes, holds them
/// for written, and no later sync brings them to the disk.
struct RecoveredLog {
    private static let pieceLength = 1 << 20

    let path: String

    /// Writes what is there once more, syncs it and copies it back. A full disk or another process stops the writing and the
    /// copying, never the sync: what a full disk keeps from being copied was synced before, and another process has done the same.
    ///
    /// - Throws: `StorageError.poisoned` when the sync fails, whatever for: nothing may be answered from what is not on disk.
    func settle(in db: Connection) throws {
        do {
            // Nobody appends while this connection may.
            try db.inTransaction(.immediate) {
                try rewrite()
                return .commit
            }
            _ = try db.checkpoint(.passive)
        } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_BUSY].contains(error.resultCode) {}
    }

    private func rewrite() throws {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw SystemError("open \(path)")
        }
        defer { close(descriptor) }
        var piece = [UInt8](repeating: 0, count: Self.pieceLength)
        var offset = 0
        while true {
            let count = pread(descriptor, &piece, piece.count, off_t(offset))
            guard count >= 0 else { throw SystemError("read \(path)") }
            if count == 0 { break }
            guard pwrite(descriptor, piece, count, off_t(offset)) == count else {
                let error = SystemError("write \(path)")
                // A file system that copies on write has no room to write what is there already.
                if error.isDiskFull { break }
                throw error
            }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw StorageError.poisoned }
    }
}
