import Foundation
import SyntheticVoice
import Testing

@Suite("A synthetic vowel")
struct VoiceTests {
    @Test("lasts as long as asked, at the level promised")
    func length() {
        let vowel = Voice().vowel(durationSeconds: 0.5, sampleRateHz: 44100)
        #expect(vowel.samples.count == 22050)
        let meanSquare = vowel.samples.reduce(0.0) { $0 + Double($1) * Double($1) } / 22050
        #expect(abs(meanSquare.squareRoot() - 0.1) < 1e-4)
    }

    @Test("without perturbation has equal periods and equal pulses")
    func steady() {
        let vowel = Voice(f0Hz: 123.4).vowel(durationSeconds: 1)
        #expect(abs(vowel.f0Hz - 123.4) < 1e-6)
        #expect(vowel.jitter < 1e-9)
        #expect(vowel.shimmerDecibels < 1e-9)
    }

    @Test("carries about the perturbation asked for, and says exactly how much", arguments: [0.5, 2, 4])
    func perturbed(percent: Double) {
        let vowel = Voice(jitterPercent: percent, shimmerDecibels: percent / 4, seed: 3).vowel(durationSeconds: 20)
        #expect(abs(vowel.jitter - percent / 100) < 0.1 * percent / 100)
        #expect(abs(vowel.shimmerDecibels - percent / 4) < 0.1 * percent / 4)
        #expect(vowel.periodSeconds.count == vowel.pulses.count - 1)
    }

    @Test("is the same for the same seed, and another for another")
    func seeds() {
        let first = Voice(jitterPercent: 1, snrDecibels: 20, seed: 5).vowel(durationSeconds: 0.2).samples
        #expect(first == Voice(jitterPercent: 1, snrDecibels: 20, seed: 5).vowel(durationSeconds: 0.2).samples)
        #expect(first != Voice(jitterPercent: 1, snrDecibels: 20, seed: 6).vowel(durationSeconds: 0.2).samples)
    }

    @Test("has the harmonics that it says it has")
    func harmonics() {
        let vowel = Voice(f0Hz: 200).vowel(durationSeconds: 1)
        let levels = (1...20).map { Self.level(of: Double($0) * 200, in: vowel.samples) }
        for number in 2...20 {
            let truth = vowel.harmonicDecibels(number) - vowel.harmonicDecibels(1)
            #expect(abs(levels[number - 1] - levels[0] - truth) < 0.02, "harmonic \(number)")
        }
    }

    /// By correlation with a complex wave over whole periods.
    private static func level(of hz: Double, in samples: [Float]) -> Double {
        var (re, im) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            let angle = 2 * Double.pi * hz * Double(index) / 16000
            re += Double(sample) * cos(angle)
            im += Double(sample) * sin(angle)
        }
        return 10 * log10(re * re + im * im)
    }
}
