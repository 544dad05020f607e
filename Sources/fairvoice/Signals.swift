import Dispatch
import Foundation
import Synchronization

/// What the process does when it is told something. From `init` on, so that a server that has taken a connection is never ended by
/// a signal's default.
final class Signals: @unchecked Sendable {  // Its sources are made in `init` and only held.
    private static let secondExitCode: Int32 = 1

    private let arrived = DispatchSemaphore(value: 0)
    private let endCount = Mutex(0)
    // A queue of its own: the shared ones may be busy.
    private let queue = DispatchQueue(label: "fairvoice.signals", qos: .userInteractive)
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter onReload: called for each SIGHUP, one after the other.
    init(onReload: @escaping @Sendable () -> Void) {
        on(SIGHUP, do: onReload)
        for number in [SIGTERM, SIGINT] { on(number) { [self] in end() } }
    }

    /// Returns after SIGTERM or SIGINT. A second one ends the process at once, whatever is still to do.
    func waitForEnd() { arrived.wait() }

    private func end() {
        let isSecond = endCount.withLock { count in
            count += 1
            return count > 1
        }
        // Not `exit`: what it runs may wait for what never ends.
        if isSecond { _exit(Self.secondExitCode) }
        arrived.signal()
    }

    private func on(_ number: Int32, do action: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler(handler: action)
        source.activate()
        sources.append(source)
    }
}
