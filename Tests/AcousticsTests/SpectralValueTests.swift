import Acoustics
import Foundation
import TestSupport
import Testing

/// Spectral values against a slow transform in double precision, straight from the definitions.
@Suite("Spectral values")
struct SpectralValueTests {
    /// A stretch of noise, whose frames are unvoiced, and the mean of a value over its frames.
    private static func mean(_ contour: [Double?]) -> Double {
        SlowFunctionals.mean(SlowFunctionals.smoothed(contour).compactMap { $0 })!
    }

    private static let noise = Signals.noise(seconds: 0.3, seed: 4)
    private static let slow = SlowSpectrum(noise)
    private static let features = Signals.features(noise)

    private func check(_ name: String, _ truth: Double) {
        let measured = Self.features[name].map(Double.init) ?? .infinity
        #expect(abs(measured - truth) <= 1e-4 * max(abs(truth), 1e-3), "\(name): \(measured), not \(truth)")
    }

    @Test("of noise: alpha ratio, Hammarberg index, slopes")
    func balance() {
        check("alphaRatioUV_sma3nz_amean", Self.mean(Self.slow.alphaRatio))
        check("hammarbergIndexUV_sma3nz_amean", Self.mean(Self.slow.hammarbergIndex))
        check("slopeUV0-500_sma3nz_amean", Self.mean(Self.slow.slope(0...16)))
        check("slopeUV500-1500_sma3nz_amean", Self.mean(Self.slow.slope(16...48)))
    }

    @Test("of noise: loudness, cepstrum and flux")
    func bands() {
        check("loudness_sma3_amean", Self.mean(Self.slow.loudness))
        for index in 1...4 { check("mfcc\(index)_sma3_amean", Self.mean(Self.slow.cepstrum(index))) }
        check("spectralFlux_sma3_amean", Self.mean(Self.slow.flux))
        check("spectralFluxUV_sma3nz_amean", Self.mean(Self.slow.flux))
    }

    @Test("of a tone: the level of its mean square")
    func level() {
        let features = Signals.features(Signals.tone(hz: 1000, amplitude: 0.5))
        #expect(abs((features["equivalentSoundLevel_dBp"] ?? 0) - Float(10 * log10(0.125))) < 1e-4)
    }
}
