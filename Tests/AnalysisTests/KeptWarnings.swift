import Logging
import Synchronization

/// A log that keeps its warnings and errors.
final class KeptWarnings: Sendable {
    private let kept = Mutex<[String]>([])

    var all: [String] { kept.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(warnings: self) } }

    private struct Handler: LogHandler {
        let warnings: KeptWarnings
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        func log(event: LogEvent) { warnings.kept.withLock { $0.append(event.message.description) } }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
    }
}
