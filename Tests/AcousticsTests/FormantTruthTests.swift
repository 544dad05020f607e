import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// Sixty steady vowels with known formants and harmonics, F0 80–350 Hz, SNR 25–40 dB.
@Suite("Against 60 steady vowels")
struct FormantTruthTests {
    private static let cases: [(vowel: SustainedVowel, features: FeatureVector)] = {
        var random = SeededRandom(seed: 60)
        return (0..<TruthScale.count(60)).map { index in
            let vowel = VowelSpace.stationary(index, &random).vowel(durationSeconds: 0.8)
            return (vowel, Signals.features(vowel.samples))
        }
    }()

    @Test("the formants are found", arguments: [(1, 26.0), (2, 18.0), (3, 28.0)])
    func formants(number: Int, errorMaxHz: Double) {
        let agreement = Agreement(
            truth: Self.cases.map { $0.vowel.voice.formants[number - 1].hz },
            measured: Self.cases.map { $0.features["F\(number)frequency_sma3nz_amean"].map(Double.init) ?? .infinity })
        TruthScale.report("F\(number), correlation and mean error in Hz", agreement.correlation, agreement.meanError)
        #expect(agreement.meanError < errorMaxHz)
    }

    @Test("the second harmonic stands under the first as it should")
    func harmonics() {
        let errors = Self.cases.map {
            abs(Double($0.features["logRelF0-H1-H2_sma3nz_amean"] ?? .infinity) - $0.vowel.h1OverH2Decibels)
        }
        TruthScale.report("H1-H2, mean and largest error in dB", Agreement.mean(errors), errors.max()!)
        #expect(errors.max()! < 0.3)
        #expect(Agreement.mean(errors) < 0.1)
    }

    @Test("harmonics to noise is the noise added, up to 35 dB", arguments: [10.0, 15, 20, 25, 30, 35], [82.0, 130, 210, 320])
    func harmonicity(snr: Double, hz: Double) {
        let vowel = Voice(f0Hz: hz, snrDecibels: snr, seed: 3).vowel(durationSeconds: 1)
        let measured = Signals.features(vowel.samples)["HNRdBACF_sma3nz_amean"] ?? .infinity
        #expect(abs(Double(measured) - snr) < 1)
    }

    @Test("a tone with amplitudes 1, 0.5 and 0.1 has H1–H2 of 6.02 dB")
    func threeHarmonics() {
        let tones = zip([1, 2, 3], [0.3, 0.15, 0.03]).map { Signals.tone(hz: 150 * $0, amplitude: $1) }
        let features = Signals.features(Signals.sum(Signals.sum(tones[0], tones[1]), tones[2]))
        #expect(abs(Double(features["logRelF0-H1-H2_sma3nz_amean"] ?? .infinity) - 6.0206) < 0.1)
    }
}
