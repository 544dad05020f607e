import Foundation

/// How far a long piece of work is, on standard error where that is a terminal; nothing elsewhere.
final class ProgressBar {
    private static let width = 30
    /// Drawing more often is not seen.
    private static let redrawSeconds = 0.1

    private let total: Int
    private let isShown = isatty(STDERR_FILENO) == 1
    private let begin = Date()
    private var done = 0
    private var drawnAt = Date.distantPast

    init(total: Int) { self.total = total }

    func step() {
        done += 1
        guard isShown, done == total || Date().timeIntervalSince(drawnAt) > Self.redrawSeconds else { return }
        drawnAt = Date()
        let filled = Self.width * done / max(1, total)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        let rate = Double(done) / max(0.001, drawnAt.timeIntervalSince(begin))
        write("\r\u{1B}[K[\(bar)] \(done)/\(total) files, \(String(format: "%.1f", rate)) a second")
    }

    /// A line of its own, above the bar.
    func complain(_ line: String) { write((isShown ? "\r\u{1B}[K" : "") + line + "\n") }

    func end() {
        if isShown { write("\n") }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
