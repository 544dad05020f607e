import Foundation

/// Brings a signal down to a rate near 1 kHz, at which lines of the mains are looked for: a low-pass of 21 taps for each sample that
/// comes out (windowed sinc, Blackman–Harris), at 16 kHz within 1 dB up to 369 Hz and 109 dB down from 631 Hz on, where what is left
/// out would fold back beside the highest line.
struct HumDecimator: Sendable {
    private static let tapsPerOutput = 21
    /// Of the rate that comes out.
    private static let cutoff = 0.44

    private let factor: Int
    private let taps: [Float]
    private var pending: [Float]

    /// Makes one sample of `factor` samples; a factor of 1 leaves them as they are.
    init(factor: Int) {
        self.factor = factor
        taps = factor == 1 ? [1] : Self.taps(factor)
        // The middle of the filter stands on the middle of the samples that become one.
        pending = Array(repeating: 0, count: (taps.count - factor) / 2)
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>, into output: inout [Float]) {
        pending.append(contentsOf: samples)
        filter(into: &output)
    }

    /// What whole groups of samples are left, with silence behind them.
    mutating func finish(into output: inout [Float]) {
        pending.append(contentsOf: repeatElement(0, count: (taps.count - factor) / 2))
        filter(into: &output)
    }

    private mutating func filter(into output: inout [Float]) {
        var start = 0
        pending.withUnsafeBufferPointer { pending in
            taps.withUnsafeBufferPointer { taps in
                while start + taps.count <= pending.count {
                    output.append(InnerProduct.of(taps.baseAddress!, pending.baseAddress! + start, count: taps.count))
                    start += factor
                }
            }
        }
        pending.removeFirst(start)
    }

    private static func taps(_ factor: Int) -> [Float] {
        let count = tapsPerOutput * factor
        let weights = (0..<count).map { index in
            let x = 2 * cutoff / Double(factor) * (Double(index) + 0.5 - Double(count) / 2)
            let sinc = abs(x) < 1e-9 ? 1 : sin(.pi * x) / (.pi * x)
            return sinc * BlackmanHarris.weight(at: index, of: count)
        }
        let sum = weights.reduce(0, +)
        return weights.map { Float($0 / sum) }
    }
}
