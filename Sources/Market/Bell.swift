import Synchronization

/// Tells listeners that there is news, without saying what: they look in the database themselves, so nothing is lost
/// when a ring is missed.
public final class Bell: Sendable {
    private struct State {
        var listeners: [UInt64: @Sendable (String) -> Void] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// Calls the listener on every ring, from any thread. It must not block.
    public func listen(_ listener: @escaping @Sendable (String) -> Void) -> UInt64 {
        state.withLock { state in
            state.next += 1
            state.listeners[state.next] = listener
            return state.next
        }
    }

    public func stop(_ token: UInt64) {
        state.withLock { _ = $0.listeners.removeValue(forKey: token) }
    }

    /// - Parameter subject: the id that there is news of.
    public func ring(_ subject: String) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener(subject) }
    }
}
