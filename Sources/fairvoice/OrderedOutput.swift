import Foundation
import Synchronization

/// Prints lines in the order of their indices as soon as all before are there, with a progress bar where standard error is a
/// terminal.
final class OrderedOutput: Sendable {
    private struct State {
        var waiting: [Int: AnalysisText] = [:]
        var next = 0
        var bar: ProgressBar?
    }

    private let state: Mutex<State>

    init(total: Int?) { state = Mutex(State(bar: ProgressBar(total: total))) }

    /// Prints what stands before all lines.
    func begin(with header: String) {
        state.withLock { _ in
            say(header)
            Output.endIfLost()
        }
    }

    /// Takes a line; how many could be printed with it.
    func finish(_ index: Int, _ text: AnalysisText) -> Int {
        state.withLock { state in
            state.waiting[index] = text
            let first = state.next
            while let text = state.waiting.removeValue(forKey: state.next) {
                state.next += 1
                guard let line = text.line else { continue }
                state.bar?.makeWay(forError: text.isComplaint)
                if text.isComplaint {
                    FileHandle.standardError.write(Data("\(line)\n".utf8))
                } else {
                    say(line)
                    // Nobody would read the rest: a full disk, a reader that is gone. The lock is held until the process is.
                    if Output.loss != nil { state.bar?.clear() }
                    Output.endIfLost()
                }
            }
            state.bar?.advance(at: .now)
            return state.next - first
        }
    }

    func end() { state.withLock { $0.bar?.clear() } }

    /// Ends the process by the signal between two lines, never within one.
    func end(by signal: Int32) {
        state.withLock { state in
            state.bar?.clear()
            // Not raise(): the threads of Dispatch have signals blocked. The lock is held until the process is gone.
            kill(getpid(), signal)
            while true { pause() }
        }
    }
}
