import HTTP

/// The end of a pushed stream that the application holds. Bytes wait here until the connection takes them.
final class EventStream: EventSink {
    private struct State {
        var pending: [UInt8] = []
        var isWakeScheduled = false
        /// The application has sent all.
        var isClosed = false
        /// The connection is gone, or its client too slow.
        var isDead = false
        var hasOverflowed = false
    }

    /// What the connection finds when it looks.
    struct Pending {
        var bytes: [UInt8]
        var isClosed: Bool
    }

    private let state = Guarded(State())
    /// Gives the connection a turn; called from any thread.
    private let wake: @Sendable () -> Void

    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        let (isTaken, mustWake) = state.withLock { state in
            guard !state.isDead, !state.isClosed else { return (false, false) }
            if state.pending.count + bytes.count > Buffering.eventByteCountMax {
                state.isDead = true
                state.hasOverflowed = true
                state.pending = []
            } else {
                state.pending.append(contentsOf: bytes)
            }
            defer { state.isWakeScheduled = true }
            // A connection without room has not looked yet, and must be told of an overflow all the same.
            return (!state.isDead, state.isDead || !state.isWakeScheduled)
        }
        if mustWake { wake() }
        return isTaken
    }

    func close() {
        let mustWake = state.withLock { state in
            state.isClosed = true
            defer { state.isWakeScheduled = true }
            return !state.isWakeScheduled
        }
        if mustWake { wake() }
    }

    /// Whether more waited than may wait: the client is too slow to keep.
    var hasOverflowed: Bool { state.withLock { $0.hasOverflowed } }

    /// Called by the connection when it has room.
    func take() -> Pending {
        state.withLock { state in
            state.isWakeScheduled = false
            defer { state.pending = [] }
            return Pending(bytes: state.pending, isClosed: state.isClosed)
        }
    }

    /// Nothing is taken any more.
    func end() {
        state.withLock { state in
            state.isDead = true
            state.pending = []
        }
    }
}
