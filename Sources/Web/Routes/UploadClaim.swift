import Synchronization

/// One request's right to change an upload.
final class UploadClaim: Sendable {
    private struct State {
        var movedAt: ContinuousClock.Instant
        var onGivingUp: (@Sendable () -> Void)?
    }

    let id: String
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let state: Mutex<State>

    init(_ id: String, clock: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.id = id
        self.clock = clock
        state = Mutex(State(movedAt: clock()))
    }

    /// When the request last received bytes, or began.
    var movedAt: ContinuousClock.Instant { state.withLock { $0.movedAt } }

    /// Notes that bytes came.
    func move() {
        let now = clock()
        state.withLock { $0.movedAt = now }
    }

    /// What another request does that wants the upload. It waits for no bytes, and may refuse by doing nothing.
    func onGivingUp(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.onGivingUp = action } }

    func giveUp() { state.withLock { $0.onGivingUp }?() }
}
