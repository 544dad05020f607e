import Dispatch
import Server

/// Tells the service manager that all is well, as often as it asks: only once every event loop has had a turn.
final class Watchdog {
    private let timer: any DispatchSourceTimer

    /// Nil where nobody asks.
    init?(_ manager: ServiceManager, _ server: HTTPServer) {
        guard let seconds = manager.watchdogSeconds else { return nil }
        // A queue of its own: the shared ones may be busy, which is no illness.
        let queue = DispatchQueue(label: "fairvoice.watchdog", qos: .userInteractive)
        timer = DispatchSource.makeTimerSource(queue: queue)
        // Twice in its time, as sd_watchdog_enabled(3) asks.
        timer.schedule(deadline: .now(), repeating: seconds / 2)
        timer.setEventHandler { server.whenAllLoopsAnswer(on: queue) { manager.noteAlive() } }
        timer.activate()
    }

    deinit { timer.cancel() }
}
