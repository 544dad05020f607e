import Foundation

/// Interpolates between samples: a sinc of eight samples under a Hann window, in 64 steps of a sample. A windowed sinc is the known way
/// (Smith and Gossett 1984, Proc. ICASSP); length, window and steps are this program's own. Places are in samples.
struct SincTable: Sendable {
    static let tapCount = 8
    private static let stepCount = 64
    private let taps: [SIMD8<Float>]

    init() {
        taps = (0...Self.stepCount).map { step in
            let fraction = Double(step) / Double(Self.stepCount)
            var row = SIMD8<Float>.zero
            for tap in 0..<Self.tapCount {
                let distance = Double(tap - 3) - fraction
                let window = 0.5 + 0.5 * cos(.pi * distance / 4.5)
                row[tap] = Float(abs(distance) < 1e-9 ? 1 : window * sin(.pi * distance) / (.pi * distance))
            }
            return row / row.sum()
        }
    }

    /// Fills `output` with the signal at `place`, `place + 1` …; false where that needs samples beyond the signal.
    func shift(_ signal: UnsafeBufferPointer<Float>, to place: Double, into output: UnsafeMutableBufferPointer<Float>) -> Bool {
        let whole = Int(place.rounded(.down))
        guard whole >= 3, whole + output.count + 5 <= signal.count else { return false }
        let row = taps[Int(((place - Double(whole)) * Double(Self.stepCount)).rounded())]
        let start = UnsafeRawPointer(signal.baseAddress! + whole - 3)
        let target = UnsafeMutableRawPointer(output.baseAddress!)
        let inFours = output.count & ~3
        for offset in stride(from: 0, to: 4 * inFours, by: 16) {
            var four = SIMD4<Float>.zero
            for tap in 0..<Self.tapCount {
                four += row[tap] * start.loadUnaligned(fromByteOffset: offset + 4 * tap, as: SIMD4<Float>.self)
            }
            target.storeBytes(of: four, toByteOffset: offset, as: SIMD4<Float>.self)
        }
        for index in inFours..<output.count {
            output[index] = (start.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self) * row).sum()
        }
        return true
    }
}
