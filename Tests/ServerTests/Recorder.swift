import Dispatch
import Synchronization

/// Notes what happens on other threads, and lets a test wait for it.
final class Recorder: Sendable {
    private let events = Mutex<[String]>([])
    private let signal = DispatchSemaphore(value: 0)

    func note(_ event: String) {
        events.withLock { $0.append(event) }
        signal.signal()
    }

    var all: [String] { events.withLock { $0 } }

    func count(_ event: String) -> Int { all.count { $0 == event } }

    /// Waits until the event has been noted this often; false after a minute.
    func wait(for event: String, count wanted: Int = 1) -> Bool {
        let deadline = DispatchTime.now() + 60
        while count(event) < wanted {
            if signal.wait(timeout: deadline) == .timedOut { return count(event) >= wanted }
        }
        return true
    }
}
