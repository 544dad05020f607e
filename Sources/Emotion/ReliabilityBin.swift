/// The held-out examples whose confidence falls between two bounds: their mean confidence, and how often they were right.
public struct ReliabilityBin: Sendable, Equatable {
    /// The least confidence.
    public let from: Double
    /// The confidence that is above; in the last bin it is included.
    public let to: Double
    /// Examples between the two.
    public let exampleCount: Int
    /// Mean probability of the likeliest label; 0 where there are no examples.
    public let confidence: Double
    /// Share of the examples whose likeliest label was the true one; 0 where there are no examples.
    public let accuracy: Double

    /// Equal bins over 0…1.
    static let binCount = 10

    /// - Parameters:
    ///   - classes: the true class of each row.
    ///   - probabilities: for each row a probability for each class.
    static func bins(_ classes: [Int], _ probabilities: [[Double]]) -> [ReliabilityBin] {
        var counts = [Int](repeating: 0, count: binCount)
        var confidence = [Double](repeating: 0, count: binCount)
        var correct = [Double](repeating: 0, count: binCount)
        for (one, row) in zip(classes, probabilities) {
            let best = row.indexOfLargest
            let bin = min(binCount - 1, Int(row[best] * Double(binCount)))
            counts[bin] += 1
            confidence[bin] += row[best]
            correct[bin] += best == one ? 1 : 0
        }
        return (0..<binCount).map { bin in
            let total = Double(max(1, counts[bin]))
            return ReliabilityBin(
                from: Double(bin) / Double(binCount), to: Double(bin + 1) / Double(binCount), exampleCount: counts[bin],
                confidence: confidence[bin] / total, accuracy: correct[bin] / total)
        }
    }

    /// Expected calibration error: the mean gap of confidence and accuracy over the examples (Naeini et al., AAAI 2015).
    static func expectedError(_ bins: [ReliabilityBin]) -> Double {
        let total = bins.reduce(0) { $0 + $1.exampleCount }
        return bins.reduce(0) { $0 + Double($1.exampleCount) * abs($1.confidence - $1.accuracy) } / Double(max(1, total))
    }
}
