/// The latest samples of a stream, by their number from its beginning.
struct SampleHistory: Sendable {
    private var samples: [Float] = []
    private var firstNumber = 0
    /// Moving what is left to the front is worth it from here on.
    private static let discardMin = 32768

    /// Samples taken since the beginning.
    var count: Int { firstNumber + samples.count }

    mutating func append(_ block: UnsafeBufferPointer<Float>) { Sample.append(block, to: &samples) }

    /// Silence behind the end.
    mutating func appendZeros(_ count: Int) { samples.append(contentsOf: repeatElement(0, count: count)) }

    /// Forgets what lies before a sample.
    mutating func discard(before number: Int) {
        let surplus = number - firstNumber
        guard surplus >= Self.discardMin else { return }
        samples.removeFirst(surplus)
        firstNumber = number
    }

    /// Lends samples that have come and are not forgotten; what lies outside is cut off.
    func withSamples<Result>(from number: Int, count: Int, _ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
        let first = min(samples.count, max(0, number - firstNumber))
        let last = min(samples.count, max(first, number - firstNumber + count))
        return samples.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[first..<last])) }
    }
}
