import Foundation
import Synchronization

/// Writes a line at once, also into a pipe: what a person or a script waits for. A reader that is gone ends no server; what was
/// lost is in `Output.loss`.
func say(_ line: String) {
    var rest = Array("\(line)\n".utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else {
            if count < 0, errno == EINTR { continue }
            return Output.noteLoss(errno)
        }
        rest = rest.dropFirst(count)
    }
}

/// What became of standard output.
enum Output {
    private static let firstLoss = Mutex<Int32?>(nil)

    static func noteLoss(_ code: Int32) { firstLoss.withLock { $0 = $0 ?? code } }

    /// The error number of the first line that could not be written; nil where all were.
    static var loss: Int32? { firstLoss.withLock { $0 } }

    /// Ends the program with 1 where output was lost: with a line that says so, or quietly where the reader went away.
    static func endIfLost() {
        if fflush(nil) != 0 { noteLoss(errno) }
        guard let loss else { return }
        if loss != EPIPE {
            FileHandle.standardError.write(
                Data("fairvoice: standard output can't be written: \(String(cString: strerror(loss)))\n".utf8))
        }
        _exit(1)
    }
}
