/// The mean of the samples, and the outermost of them.
struct OffsetMeter: Sendable {
    private(set) var count: Int64 = 0
    private(set) var highest: Float = 0
    private(set) var lowest: Float = 0
    private var sum = 0.0

    var mean: Double { count == 0 ? 0 : sum / Double(count) }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples { sum += Double(sample) }
        let outermost = samples.outermost
        highest = max(highest, outermost.highest)
        lowest = min(lowest, outermost.lowest)
        count += Int64(samples.count)
    }
}
