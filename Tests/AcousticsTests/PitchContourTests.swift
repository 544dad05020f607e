import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

@Suite("The pitch contour")
struct PitchContourTests {
    private static func pitch(_ samples: [Float]) -> [Float?] {
        var extractor = FeatureExtractor()
        extractor.append(samples)
        return extractor.finishPitch()
    }

    @Test("follows a glide over an octave and a half within a quarter of a semitone")
    func glide() {
        // Ten harmonics from 100 to 283 Hz in two seconds.
        let octavesPerSecond = 0.75
        let samples = (0..<32000).map { index -> Float in
            let seconds = Double(index) / 16000
            let phase = 2 * Double.pi * 100 * (exp2(octavesPerSecond * seconds) - 1) / (octavesPerSecond * log(2))
            return Float((1...10).reduce(0.0) { $0 + 0.1 / Double($1) * sin(Double($1) * phase) })
        }
        for (frame, hz) in Self.pitch(samples).enumerated() {
            let truth = 100 * exp2(octavesPerSecond * (Double(frame) * 0.01 + 0.03))
            #expect(abs(12 * log2(Double(hz ?? 1) / truth)) < 0.25, "frame \(frame)")
        }
    }

    @Test("is found where the fundamental is missing")
    func missingFundamental() {
        let tones = (3...8).map { Signals.tone(hz: Double($0) * 140, amplitude: 0.05) }
        let pitch = Self.pitch(tones.dropFirst().reduce(tones[0], Signals.sum))
        #expect(pitch.allSatisfy { abs(($0 ?? 0) - 140) < 0.5 })
    }

    @Test("is unvoiced in silence and noise, and voiced between", arguments: [1 as UInt64, 2, 3])
    func voicing(seed: UInt64) {
        let vowel = Voice(f0Hz: 180, snrDecibels: 25, seed: seed).vowel(durationSeconds: 1).samples
        let quiet = Signals.noise(level: 0.003, seconds: 1, seed: seed)
        let pitch = Self.pitch(quiet + vowel + quiet)
        #expect(pitch.prefix(92).allSatisfy { $0 == nil })
        #expect(pitch[100..<192].allSatisfy { abs(($0 ?? 0) - 180) < 1 })
        #expect(pitch.dropFirst(200).allSatisfy { $0 == nil })
    }

    @Test("reaches from 56 to 990 Hz", arguments: [56.0, 60, 80, 150, 300, 500, 700, 950, 990])
    func range(hz: Double) {
        let pitch = Self.pitch(Voice(f0Hz: hz, snrDecibels: 30).vowel(durationSeconds: 0.5).samples)
        #expect(pitch.allSatisfy { abs(12 * log2(Double($0 ?? 1) / hz)) < 0.1 })
    }
}
