import Foundation

/// Waveform amplitude distribution analysis (Kim and Stern 2008): speech has many small and few large amplitudes, noise is
/// Gaussian, and G = ln mean|x| − mean ln|x| tells how much of each there is.
struct AmplitudeDistribution: Sendable {
    /// G of Gamma-distributed speech (shape 0.4) in Gaussian noise at -20, -18 … 60 dB, from the integrals over the Gamma
    /// density of the folded normal's mean and of the noncentral chi-squared's mean logarithm.
    private static let table: [Double] = [
        0.40943, 0.40950, 0.40964, 0.40997, 0.41069, 0.41215, 0.41497, 0.42007, 0.42865, 0.44213, 0.46184, 0.48880, 0.52342,
        0.56543, 0.61388, 0.66735, 0.72419, 0.78278, 0.84167, 0.89965, 0.95582, 1.00954, 1.06039, 1.10814, 1.15269, 1.19406,
        1.23234, 1.26763, 1.30010, 1.32992, 1.35727, 1.38231, 1.40523, 1.42619, 1.44534, 1.46284, 1.47882, 1.49341, 1.50673,
        1.51888, 1.52997,
    ]
    private static let firstDecibels = -20.0
    private static let stepDecibels = 2.0

    private var count = 0
    private var sum = 0.0
    /// The product of all magnitudes is `product` · 2^`exponent`, so that they share one logarithm.
    private var product = 1.0
    private var exponent = 0
    private var factorCount = 0

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples where sample != 0 {
            let magnitude = Double(abs(sample))
            sum += magnitude
            count += 1
            product *= magnitude
            factorCount += 1
            // No product of six leaves the range of a Double.
            if factorCount == 6 {
                let bits = product.bitPattern
                exponent += Int(bits >> 52) - 1023
                product = Double(bitPattern: bits & 0xF_FFFF_FFFF_FFFF | 1023 << 52)
                factorCount = 0
            }
        }
    }

    /// Within -20…60; nil for too little signal (a quarter of a second at 16 kHz) and for what is neither speech nor noise.
    var snrDecibels: Double? {
        guard count >= 4000 else { return nil }
        let g = log(sum / Double(count)) - (log(product) + Double(exponent) * log(2)) / Double(count)
        guard g > Self.table[0] - 0.02 else { return nil }
        guard let upper = Self.table.firstIndex(where: { $0 > g }) else { return 60 }
        guard upper > 0 else { return Self.firstDecibels }
        let (low, high) = (Self.table[upper - 1], Self.table[upper])
        return Self.firstDecibels + Self.stepDecibels * (Double(upper - 1) + (g - low) / (high - low))
    }
}
