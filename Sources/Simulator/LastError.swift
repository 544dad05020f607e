import Logging
import Synchronization

/// Keeps what the program logged last as an error, for whoever reads of a difference.
final class LastError: Sendable {
    private let text = Mutex("")

    var logger: Logger { Logger(label: "simulator") { _ in Handler(last: self) } }

    /// What was logged since the last call.
    func take() -> String {
        text.withLock { text in
            defer { text = "" }
            return text
        }
    }

    private struct Handler: LogHandler {
        let last: LastError
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.error

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { last.text.withLock { $0 = "\(event.message)" } }
    }
}
