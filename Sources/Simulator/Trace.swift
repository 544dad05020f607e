import Crypto

/// What happened: its hash, by which two runs are compared, and its last lines, for people.
struct Trace {
    private static let lineCount = 15

    private var hash = [UInt8](repeating: 0, count: 32)
    private(set) var lines: [String] = []

    var digest: String { Hex.encode(hash) }

    /// - Parameter bytes: what belongs to the trace but not to the line.
    mutating func add(_ line: String, _ bytes: [UInt8] = []) {
        hash = SHA256.hash(hash + Array(line.utf8) + [0] + bytes)
        lines.append(line)
        if lines.count > Self.lineCount { lines.removeFirst() }
    }
}
