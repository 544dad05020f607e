import Foundation
import Storage

/// Keeps a second server off the same data folder. The lock goes with the process.
final class FolderLock: Sendable {
    private let descriptor: Int32

    init(_ folder: String) throws {
        umask(0o077)
        try Folder.makeDurably(folder)
        let path = "\(folder)/serve.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw StorageError.folderInUse(folder) }
    }

    deinit { close(descriptor) }
}
