import Synchronization

/// Folders whose names this process has put on disk. That a folder is there says nothing: another thread may have made it a
/// moment ago, or a process that was killed, and its name would still be lost with the power.
final class DurableFolders: Sendable {
    private let known = Mutex<Set<String>>([])

    /// Makes a folder where it is missing; its name is on disk when this returns.
    func make(_ path: String, in parent: String) throws {
        guard known.withLock({ !$0.contains(path) }) else { return }
        try Folder.make(path)
        try Folder.sync(parent)
        known.withLock { _ = $0.insert(path) }
    }
}
