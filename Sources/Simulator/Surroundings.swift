import Domain
import Synchronization
import TestSupport

/// What a process finds outside of itself: time, chance, and the notice that its disk has failed.
final class Surroundings: Sendable {
    private let clock: Mutex<Int>
    private let chance: Mutex<SeededRandom>
    private let isPoisoned = Atomic(false)

    init(now: Int, chance: SeededRandom) {
        clock = Mutex(now)
        self.chance = Mutex(chance)
    }

    var now: Timestamp { Timestamp(milliseconds: Int64(clock.withLock { $0 })) }
    func setClock(_ milliseconds: Int) { clock.withLock { $0 = milliseconds } }
    func bits() -> UInt64 { chance.withLock { $0.next() } }

    var isDiskBroken: Bool {
        get { isPoisoned.load(ordering: .acquiring) }
        set { isPoisoned.store(newValue, ordering: .releasing) }
    }
}
