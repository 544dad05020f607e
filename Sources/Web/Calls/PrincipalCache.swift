import Synchronization

/// Who showed a key a moment ago, so that a busy client's key is not looked up with every request.
///
/// A key that is revoked here counts as revoked at once; one that another process revokes within `lifetime`.
final class PrincipalCache: Sendable {
    private static let lifetime = Duration.milliseconds(500)
    private static let countMax = 10_000

    private struct State {
        var entries: [[UInt8]: (principal: Principal, until: ContinuousClock.Instant)] = [:]
        /// Counts revocations, so that what was looked up before one is not kept after it.
        var generation: UInt64 = 0
    }

    private let state = Mutex(State())

    /// The owner of the key with this digest, from memory alone.
    func principal(digest: [UInt8]) -> Principal? {
        guard let known = state.withLock({ $0.entries[digest] }), ContinuousClock.now < known.until else { return nil }
        return known.principal
    }

    /// The owner of the key with this digest, from memory or by `find`.
    func principal(digest: [UInt8], find: () throws -> Principal?) rethrows -> Principal? {
        let now = ContinuousClock.now
        let generation = state.withLock { $0.generation }
        if let known = principal(digest: digest) { return known }
        guard let principal = try find() else { return nil }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= Self.countMax { state.entries.removeAll() }
            state.entries[digest] = (principal, now + Self.lifetime)
        }
        return principal
    }

    /// Forgets everything: a key was revoked, or its owner suspended.
    func clear() {
        state.withLock { state in
            state.entries.removeAll()
            state.generation += 1
        }
    }
}
