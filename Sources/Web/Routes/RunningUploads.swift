import Synchronization

/// What uploads that run now are about: idempotency keys by caller, or ids.
final class RunningUploads: Sendable {
    private let keys = Mutex<Set<[String]>>([])

    /// Throws 409 where an upload with this key runs.
    func begin(_ owner: String, _ key: String?) throws(Problem) {
        guard let key else { return }
        guard keys.withLock({ $0.insert([owner, key]).inserted }) else { throw Problem(.idempotencyKeyInUse) }
    }

    /// False where somebody has claimed it.
    func claim(_ id: String) -> Bool { keys.withLock { $0.insert([id]).inserted } }

    func release(_ id: String) { keys.withLock { _ = $0.remove([id]) } }

    func end(_ owner: String, _ key: String?) {
        guard let key else { return }
        keys.withLock { _ = $0.remove([owner, key]) }
    }
}
