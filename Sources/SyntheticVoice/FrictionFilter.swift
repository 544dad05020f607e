/// Noise of the mouth: one wide resonance, without the lowest frequencies; about unit level for white noise of unit level.
struct FrictionFilter: Sendable {
    private let sampleRateHz: Double
    private var resonator = Resonator()
    private var peakHz = 0.0
    private var scale = 1.0
    private var x1 = 0.0

    init(sampleRateHz: Double) { self.sampleRateHz = sampleRateHz }

    mutating func filter(_ x: Double, peakHz: Double) -> Double {
        if peakHz != self.peakHz { tune(peakHz) }
        let difference = x - x1
        x1 = x
        return scale * resonator.filter(difference)
    }

    private mutating func tune(_ hz: Double) {
        peakHz = hz
        let bandwidthHz = 0.45 * hz
        resonator.tune(Formant(hz: hz, bandwidthHz: bandwidthHz), sampleRateHz: sampleRateHz)
        let rise = 2 * hz * .pi / sampleRateHz
        let passed = (Double.pi * bandwidthHz / sampleRateHz).squareRoot()
        scale = 1 / max(1e-6, passed * rise * resonator.gain(hz: hz, sampleRateHz: sampleRateHz))
    }
}
