import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// Harmonics over noise is the noise that was added, at periods that are no whole samples: F0 80–350 Hz, SNR 15–35 dB.
@Suite("Harmonics over noise")
struct HarmonicityTruthTests {
    private static func decibels(_ samples: [Float]) -> Double {
        Signals.features(samples)["HNRdBACF_sma3nz_amean"].map(Double.init) ?? .infinity
    }

    @Test("of 60 sums of harmonics up to 5 kHz is within 1 dB of the truth")
    func harmonics() {
        var random = SeededRandom(seed: 35)
        let errors = (0..<TruthScale.count(60)).map { index in
            let snr = Double.random(in: 15...35, using: &random)
            let hz = 80 * exp2(Double.random(in: 0...log2(350.0 / 80), using: &random))
            let sound = HarmonicSound(f0Hz: hz, snrDecibels: snr, seconds: 0.6, seed: UInt64(index))
            let error = Self.decibels(sound.samples) - snr
            #expect(abs(error) < 1, "\(hz) Hz, \(snr) dB")
            return abs(error)
        }
        TruthScale.report("HNR of harmonics, mean and largest error in dB", Agreement.mean(errors), errors.max()!)
    }

    @Test("of 60 vowels is within 1 dB of the truth")
    func vowels() {
        var random = SeededRandom(seed: 36)
        let errors = (0..<TruthScale.count(60)).map { index in
            var voice = VowelSpace.stationary(index, &random)
            let snr = Double.random(in: 15...35, using: &random)
            voice.snrDecibels = snr
            let error = Self.decibels(voice.vowel(durationSeconds: 0.8).samples) - snr
            #expect(abs(error) < 1, "\(voice.f0Hz) Hz, \(snr) dB")
            return abs(error)
        }
        TruthScale.report("HNR of vowels, mean and largest error in dB", Agreement.mean(errors), errors.max()!)
    }

    @Test(
        "of a harmonic sound does not hang on the period's fraction of a sample",
        arguments: [200, 200.25, 200.5, 106.0 + 2.0 / 3, 50.5, 20.3, 290.7])
    func fractions(period: Double) {
        let sound = HarmonicSound(f0Hz: 16000 / period, snrDecibels: 35, seed: 1)
        #expect(abs(Self.decibels(sound.samples) - 35) < 0.7)
    }
}
