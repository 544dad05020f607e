import Synchronization

/// A clock that goes on when it is told to.
final class Pause: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)

    var clock: ContinuousClock.Instant { start + passed.withLock { $0 } }

    func pass(_ duration: Duration) { passed.withLock { $0 += duration } }
}
