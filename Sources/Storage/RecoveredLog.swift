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

    /// Writes what is there once more, syncs it and copies it back. A full disk or another process stops only that: what a
    /// full disk keeps from being copied was synced before, and another process has done the same.
    func settle(in db: Connection) throws {
        do {
            // Nobody appends while this connection may.
            try db.inTransaction(.immediate) {
                try rewrite()
                return .commit
            }
            _ = try db.checkpoint(.passive)
        } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_BUSY].contains(error.resultCode) {
        } catch let error as SystemError where error.isDiskFull {}
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
            guard pwrite(descriptor, piece, count, off_t(offset)) == count else { throw SystemError("write \(path)") }
            offset += count
        }
        guard offset == 0 || fsync(descriptor) == 0 else { throw SystemError("fsync \(path)") }
    }
}
