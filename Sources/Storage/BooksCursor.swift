extension Books {
    /// The place of a line in its account's history.
    public struct Cursor: Hashable, Sendable {
        let time: Int64
        let sequence: Int64
        let n: Int64

        /// Such as "1767225600000.17.2".
        public var text: String { "\(time).\(sequence).\(n)" }

        /// Reads exactly what `text` writes.
        public init?(_ text: String) {
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
            guard numbers.count == 3, let time = numbers[0], let sequence = numbers[1], let n = numbers[2] else { return nil }
            self.init(time: time, sequence: sequence, n: n)
            guard self.text == text else { return nil }
        }

        init(time: Int64, sequence: Int64, n: Int64) {
            self.time = time
            self.sequence = sequence
            self.n = n
        }
    }
}
