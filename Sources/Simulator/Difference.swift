/// The program did not do what the model did.
public struct Difference: Error, CustomStringConvertible {
    public let seed: UInt64
    public let operation: Int
    public let what: String
    /// The last operations, oldest first.
    public let lines: [String]
    /// The command that shows it again.
    public let replay: String

    public var description: String {
        """
        DIFFERENCE in seed \(seed) at operation \(operation): \(what)
        \(lines.map { "  \($0)" }.joined(separator: "\n"))
        again: \(replay)
        """
    }
}
