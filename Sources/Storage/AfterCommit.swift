import GRDB
import Synchronization

extension Connection {
    /// Runs once this change is on disk, on the thread that asked for it; never when it is rolled back.
    public func afterCommit(_ act: @escaping @Sendable () -> Void) {
        AfterCommit.waiting.withLock { $0[ObjectIdentifier(self), default: []].append(act) }
    }
}

/// What waits for a commit, by connection. GRDB's own hooks can't tell which of several savepoints was rolled back.
enum AfterCommit {
    typealias Act = @Sendable () -> Void

    fileprivate static let waiting = Mutex<[ObjectIdentifier: [Act]]>([:])

    /// What has been asked for on a connection since the last call.
    static func take(from db: Connection) -> [Act] {
        waiting.withLock { $0.removeValue(forKey: ObjectIdentifier(db)) ?? [] }
    }
}
