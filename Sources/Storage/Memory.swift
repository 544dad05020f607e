import Synchronization

/// Something that was loaded from the database and is known until a commit, whosesoever, changes anything there.
public final class Memory<Known: Sendable>: Sendable {
    private let kept = Mutex<(state: WALState, value: Known)?>(nil)

    public init() {}

    func value(of state: WALState) -> Known? {
        kept.withLock { kept in
            guard let kept, kept.state == state else { return nil }
            return kept.value
        }
    }

    func keep(_ value: Known, of state: WALState) { kept.withLock { $0 = (state, value) } }
}
