import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// Pitch frame by frame where it is hard: in a room, gliding in noise, and at a step.
@Suite("The pitch contour against known truth")
struct PitchTruthTests {
    private static func pitch(_ samples: [Float]) -> [Float?] {
        var extractor = FeatureExtractor()
        extractor.append(samples)
        return extractor.finishPitch()
    }

    private static func semitones(_ hz: Float?, over truth: Double) -> Double { 12 * log2(Double(hz ?? 1) / truth) }

    @Test("is right in a room that reverberates for 0.3 s", arguments: [10.0, 0, -5])
    func room(directOverReverberantDecibels: Double) {
        var random = SeededRandom(seed: 300)
        var errors: [Double] = []
        for index in 0..<TruthScale.count(20) {
            let vowel = VowelSpace.stationary(index, &random).vowel(durationSeconds: 0.8)
            let room = Room(
                reverberationSeconds: 0.3, directOverReverberantDecibels: directOverReverberantDecibels, seed: UInt64(index))
            // Behind the first 0.1 s the room has filled.
            errors += Self.pitch(room.heard(vowel.samples)).dropFirst(10).map { abs(Self.semitones($0, over: vowel.f0Hz)) }
        }
        TruthScale.report(
            "F0 in a room, \(directOverReverberantDecibels) dB direct, mean and largest error in semitones",
            Agreement.mean(errors), errors.max()!)
        #expect(Agreement.mean(errors) < 0.02)
        #expect(errors.max()! < 1, "an octave is 12")
    }

    @Test("follows glides of up to an octave a second in noise", arguments: [30.0, 20, 10])
    func glides(snr: Double) {
        var random = SeededRandom(seed: 301)
        var errors: [Double] = []
        for index in 0..<TruthScale.count(20) {
            let rate = Double.random(in: -1...1, using: &random)
            let hz = Double.random(in: rate < 0 ? 160...350 : 80...175, using: &random)
            let sound = HarmonicSound(
                f0Hz: hz, octavesPerSecond: rate, highestHz: 3500, snrDecibels: snr, seconds: 1, seed: UInt64(index))
            for (frame, measured) in Self.pitch(sound.samples).enumerated() {
                errors.append(abs(Self.semitones(measured, over: sound.hz(atSeconds: Double(frame) * 0.01 + 0.03))))
            }
        }
        TruthScale.report(
            "F0 of glides at \(snr) dB, mean and largest error in semitones", Agreement.mean(errors), errors.max()!)
        #expect(Agreement.mean(errors) < 0.02)
        #expect(errors.max()! < 1, "an octave is 12")
    }

    @Test("steps where the voice steps")
    func step() {
        let sounds = [120.0, 180].map { HarmonicSound(f0Hz: $0, snrDecibels: 30, seconds: 0.5, seed: 9).samples }
        let pitch = Self.pitch(sounds[0] + sounds[1])
        // A frame of 60 ms that ends before sample 8000 or begins behind it knows of one pitch only.
        for frame in 0...44 { #expect(abs(Self.semitones(pitch[frame], over: 120)) < 0.1, "frame \(frame)") }
        for frame in 50..<pitch.count { #expect(abs(Self.semitones(pitch[frame], over: 180)) < 0.1, "frame \(frame)") }
    }

    @Test("of a pure tone is the tone's", arguments: [60.0, 100, 150, 220, 440, 700, 990])
    func tone(hz: Double) {
        let pitch = Self.pitch(Signals.sum(Signals.tone(hz: hz), Signals.noise(level: 0.001, seed: 8)))
        let errors = pitch.map { abs(Self.semitones($0, over: hz)) }
        #expect(errors.max()! < 0.15)
        #expect(Agreement.mean(errors) < 0.05)
    }
}
