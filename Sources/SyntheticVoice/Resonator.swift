import Foundation

/// A digital resonance with unit gain at 0 Hz: y[n] = a x[n] + b y[n-1] + c y[n-2] (Klatt 1980, equation 1).
struct Resonator: Sendable {
    private var a = 1.0
    private var b = 0.0
    private var c = 0.0
    private var y1 = 0.0
    private var y2 = 0.0

    init() {}

    init(_ formant: Formant, sampleRateHz: Double) { tune(formant, sampleRateHz: sampleRateHz) }

    /// Moves the resonance; what it has stored rings on.
    mutating func tune(_ formant: Formant, sampleRateHz: Double) {
        let radius = exp(-Double.pi * formant.bandwidthHz / sampleRateHz)
        c = -radius * radius
        b = 2 * radius * cos(2 * .pi * formant.hz / sampleRateHz)
        a = 1 - b - c
    }

    mutating func filter(_ x: Double) -> Double {
        let y = a * x + b * y1 + c * y2
        y2 = y1
        y1 = y
        return y
    }

    /// The gain at a frequency, as a factor of amplitude.
    func gain(hz: Double, sampleRateHz: Double) -> Double {
        let w = 2 * Double.pi * hz / sampleRateHz
        let re = 1 - b * cos(w) - c * cos(2 * w)
        let im = b * sin(w) + c * sin(2 * w)
        return a / (re * re + im * im).squareRoot()
    }
}
