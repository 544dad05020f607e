/// The mean of the samples.
struct OffsetMeter: Sendable {
    private(set) var count: Int64 = 0
    private var sum = 0.0

    var mean: Double { count == 0 ? 0 : sum / Double(count) }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples { sum += Double(sample) }
        count += Int64(samples.count)
    }
}
