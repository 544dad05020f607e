import Synchronization

/// Idempotency keys of uploads that run now, by caller.
final class RunningUploads: Sendable {
    private let keys = Mutex<Set<[String]>>([])

    /// Throws 409 where an upload with this key runs.
    func begin(_ owner: String, _ key: String?) throws(Problem) {
        guard let key else { return }
        guard keys.withLock({ $0.insert([owner, key]).inserted }) else { throw Problem(.idempotencyKeyInUse) }
    }

    func end(_ owner: String, _ key: String?) {
        guard let key else { return }
        keys.withLock { _ = $0.remove([owner, key]) }
    }
}
