import Foundation

/// The window of Blackman and Harris with four terms (Harris 1978): side lobes at -92 dB.
enum BlackmanHarris {
    /// Of sample `index` of `count`, at the sample's middle; at most 1.
    static func weight(at index: Int, of count: Int) -> Double {
        let phase = 2 * Double.pi * (Double(index) + 0.5) / Double(count)
        return 0.35875 - 0.48829 * cos(phase) + 0.14128 * cos(2 * phase) - 0.01168 * cos(3 * phase)
    }
}
