import Foundation

/// Brings 16 kHz down to 5333 Hz: a low-pass of 75 taps (windowed sinc, Blackman), flat up to 2 kHz and 70 dB down from
/// 3.3 kHz on, where what is left out would fold back into the bands.
struct PrintDecimator: Sendable {
    private static let tapCount = 75
    private static let cutoffHz = 2667.0

    private let taps: [Float]
    private var pending: [Float]

    init() {
        let middle = Double(Self.tapCount - 1) / 2
        let weights = (0..<Self.tapCount).map { index in
            let x = 2 * Self.cutoffHz / 16_000 * (Double(index) - middle)
            let phase = 2 * Double.pi * (Double(index) + 0.5) / Double(Self.tapCount)
            let sinc = abs(x) < 1e-9 ? 1 : sin(.pi * x) / (.pi * x)
            return sinc * (0.42 - 0.5 * cos(phase) + 0.08 * cos(2 * phase))
        }
        let sum = weights.reduce(0, +)
        taps = weights.map { Float($0 / sum) }
        pending = Array(repeating: 0, count: Self.tapCount / 2)
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>, into output: inout [Float]) {
        Sample.append(samples, to: &pending)
        var start = 0
        pending.withUnsafeBufferPointer { pending in
            taps.withUnsafeBufferPointer { taps in
                while start + taps.count <= pending.count {
                    output.append(InnerProduct.of(taps.baseAddress!, pending.baseAddress! + start, count: taps.count))
                    start += PrintGrid.decimation
                }
            }
        }
        pending.removeFirst(start)
    }
}
