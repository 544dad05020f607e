import Foundation

/// Writes a line at once, also into a pipe: what a person or a script waits for. A reader that is gone ends no server.
func say(_ line: String) {
    var rest = Array("\(line)\n".utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else {
            if count < 0, errno == EINTR { continue }
            return
        }
        rest = rest.dropFirst(count)
    }
}
