import Foundation

/// How far it is: a line on standard error that is drawn again and again.
struct ProgressBar {
    private static let width = 30
    /// Drawing more often costs time and can't be read.
    private static let pause = Duration.milliseconds(100)

    private let total: Int?
    private let began = ContinuousClock.now
    private var done = 0
    private var lastDrawn: ContinuousClock.Instant?
    private var isDrawn = false
    /// Lines that are printed on the same terminal need the bar's place.
    private let isInTheWay = isatty(STDOUT_FILENO) == 1

    /// Nil unless standard error is a terminal.
    init?(total: Int?) {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        self.total = total
    }

    mutating func advance(at now: ContinuousClock.Instant) {
        done += 1
        if let lastDrawn, now - lastDrawn < Self.pause, done != total { return }
        lastDrawn = now
        isDrawn = true
        let seconds = max((now - began) / .seconds(1), 0.001)
        var text = "\(done) files"
        if let total {
            let filled = Self.width * done / total
            text =
                "[\(String(repeating: "#", count: filled))\(String(repeating: ".", count: Self.width - filled))] \(done)/\(total) files"
        }
        write("\r\(text), \(((Double(done) / seconds) * 10).rounded() / 10)/s\u{1B}[K")
    }

    /// Makes place for a line.
    mutating func makeWay(forError: Bool) { if isInTheWay || forError { clear() } }

    mutating func clear() {
        guard isDrawn else { return }
        isDrawn = false
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
