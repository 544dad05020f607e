import Foundation

/// What glottis and lips make of an impulse: two equal real poles (−12 dB an octave) and a zero near 0 Hz (+6 dB).
///
/// An impulse train through this filter has harmonics whose amplitudes are known exactly, which a sampled pulse shape has not.
struct GlottalFilter: Sendable {
    /// No pressure leaves the lips at 0 Hz; a little above it makes no difference.
    private let lipZero: Double
    private let pole: Double
    private var x1 = 0.0
    private var y1 = 0.0
    private var z1 = 0.0

    init(cutoffHz: Double, sampleRateHz: Double) {
        pole = exp(-2 * .pi * cutoffHz / sampleRateHz)
        lipZero = exp(-2 * .pi * 20 / sampleRateHz)
    }

    mutating func filter(_ x: Double) -> Double {
        let difference = x - lipZero * x1
        x1 = x
        y1 = difference + pole * y1
        z1 = y1 + pole * z1
        return z1
    }

    /// The gain at a frequency, as a factor of amplitude.
    func gain(hz: Double, sampleRateHz: Double) -> Double {
        let w = 2 * Double.pi * hz / sampleRateHz
        func squared(_ r: Double) -> Double { 1 - 2 * r * cos(w) + r * r }
        return squared(lipZero).squareRoot() / squared(pole)
    }
}
