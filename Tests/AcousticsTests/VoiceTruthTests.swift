import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// Measurements against a voice whose truth is known: 120 random vowels, F0 80–350 Hz, jitter 0–4 %, shimmer 0–1.5 dB,
/// SNR 15–40 dB.
@Suite("Against 120 perturbed vowels")
struct VoiceTruthTests {
    private struct Case {
        let vowel: SustainedVowel
        let features: FeatureVector

        subscript(name: String) -> Double { features[name].map(Double.init) ?? .infinity }
    }

    private static let cases: [Case] = {
        var random = SeededRandom(seed: 88)
        return (0..<TruthScale.count(120)).map { index in
            let vowel = VowelSpace.perturbed(index, &random).vowel(durationSeconds: 1.5)
            return Case(vowel: vowel, features: Signals.features(vowel.samples))
        }
    }()

    @Test("the pitch is right, and never an octave off")
    func pitch() {
        let errors = Self.cases.map { abs($0["F0semitoneFrom27.5Hz_sma3nz_amean"] - 12 * log2($0.vowel.f0Hz / 27.5)) }
        TruthScale.report("F0 of vowels, mean and largest error in semitones", Agreement.mean(errors), errors.max()!)
        #expect(Agreement.mean(errors) < 0.015)
        #expect(errors.max()! < 0.6)
    }

    @Test("jitter follows the periods")
    func jitter() {
        let agreement = Agreement(
            truth: Self.cases.map(\.vowel.jitter), measured: Self.cases.map { $0["jitterLocal_sma3nz_amean"] })
        TruthScale.report("jitter, correlation and mean error", agreement.correlation, agreement.meanError)
        #expect(agreement.correlation > 0.97)
        #expect(agreement.meanError < 0.0015)
    }

    @Test("shimmer follows the pulses")
    func shimmer() {
        let agreement = Agreement(
            truth: Self.cases.map(\.vowel.shimmerDecibels), measured: Self.cases.map { $0["shimmerLocaldB_sma3nz_amean"] })
        TruthScale.report("shimmer, correlation and mean error in dB", agreement.correlation, agreement.meanError)
        #expect(agreement.correlation > 0.88)
        #expect(agreement.meanError < 0.15)
    }
}
