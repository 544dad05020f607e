import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

@Suite("The extractor")
struct ExtractorRobustnessTests {
    private static let speech = Utterance(speaker: Speaker(sex: .male, ageYears: 40, seed: 2), durationSeconds: 4).samples()

    @Test("gives the same values for any sizes of blocks", arguments: [1, 7, 160, 641, 4096, 20000])
    func blocks(size: Int) {
        var extractor = FeatureExtractor(isExtended: true)
        for start in stride(from: 0, to: Self.speech.count, by: size) {
            extractor.append(Self.speech[start..<min(Self.speech.count, start + size)])
        }
        let values = extractor.finishExtended()
        #expect(values == Signals.extended(Self.speech))
        #expect(values.standard == Signals.features(Self.speech))
    }

    @Test("measures every value of speech")
    func complete() {
        let values = Signals.features(Self.speech).values
        #expect(values.count { $0 == nil } == 0)
        #expect(Signals.extended(Self.speech).values.count { $0 == nil } == 0)
    }

    @Test("copied before the first sample, measures again without its tables made anew")
    func again() {
        let fresh = FeatureExtractor()
        let values = [Self.speech, Self.speech].map { samples in
            var extractor = fresh
            extractor.append(samples)
            return extractor.finish()
        }
        #expect(values[0] == values[1])
        #expect(values[0] == Signals.features(Self.speech))
    }

    @Test("measures nothing of nothing")
    func empty() {
        #expect(Signals.features([]).values.allSatisfy { $0 == nil })
        #expect(Signals.extended([]).values.allSatisfy { $0 == nil })
    }

    @Test("finds no voice in silence, noise, or a click")
    func unvoiced() {
        var click = [Float](repeating: 0, count: 16000)
        click[8000] = 1
        for samples in [[Float](repeating: 0, count: 16000), Signals.noise(seed: 9), click] {
            let features = Signals.features(samples)
            #expect(features["F0semitoneFrom27.5Hz_sma3nz_amean"] == nil)
            #expect(features["VoicedSegmentsPerSec"] == 0)
        }
    }

    @Test("takes samples that are no numbers for silence")
    func nonFinite() {
        var broken = Self.speech
        var mended = Self.speech
        for index in stride(from: 0, to: broken.count, by: 997) {
            broken[index] = [.nan, .infinity, -.infinity, .signalingNaN][index % 4]
            mended[index] = 0
        }
        #expect(Signals.features(broken) == Signals.features(mended))
    }

    @Test("survives anything, and answers in finite numbers", arguments: 0..<60)
    func fuzz(seed: UInt64) {
        let samples = Fuzz.samples(seed: seed)
        var random = SeededRandom(seed: seed + 1000)
        var extractor = FeatureExtractor(isExtended: true)
        var start = 0
        while start < samples.count {
            let end = min(samples.count, start + Int.random(in: 0...3000, using: &random))
            extractor.append(samples[start..<end])
            start = end
        }
        let values = extractor.finishExtended()
        #expect(values.values.allSatisfy { $0?.isFinite ?? true })
        #expect(values == Signals.extended(samples))
        #expect(values.standard == Signals.features(samples))
    }
}
