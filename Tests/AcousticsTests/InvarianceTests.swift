import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// What must not change with the recording's offset, and what with its gain.
@Suite("Invariance")
struct InvarianceTests {
    private static let speech = Utterance(speaker: Speaker(sex: .male, ageYears: 40, seed: 2), durationSeconds: 3).samples()
    /// -26 dB, and noise as any room has: the pauses are no digital silence.
    private static let quiet: [Float] = {
        let level = (speech.reduce(0.0) { $0 + Double($1 * $1) } / Double(speech.count)).squareRoot()
        return Signals.sum(
            Signals.scaled(speech, by: Float(0.05 / level)), Signals.noise(level: 0.0003, seconds: 3, seed: 5))
    }()

    /// All that is measured on long frames. The short frames' values include 0 Hz by their definitions, or lie so near that its
    /// window reaches them.
    private static let offsetNames = FeatureSet.names.filter { name in
        ["F0", "jitter", "shimmer", "HNR", "logRelF0", "F1", "F2", "F3", "Voiced", "MeanVoiced", "StddevVoiced"]
            .contains { name.hasPrefix($0) } || name.hasPrefix("MeanUnvoiced") || name.hasPrefix("StddevUnvoiced")
    }

    @Test("an offset changes nothing of pitch, voice and formants", arguments: [-0.3, 0.001, 0.05, 0.5] as [Float])
    func offset(offset: Float) throws {
        #expect(Self.offsetNames.count == 10 + 28 + 5)
        let plain = Signals.features(Self.quiet)
        let moved = Signals.features(Self.quiet.map { $0 + offset })
        for name in Self.offsetNames {
            let (a, b) = (try #require(plain[name]), try #require(moved[name]))
            #expect(abs(a - b) <= 1e-4 * max(abs(a), Self.scale(name)), "\(name): \(a) became \(b)")
        }
    }

    @Test("a constant is silence to the voice", arguments: [0.05, -0.7] as [Float])
    func constant(level: Float) {
        let features = Signals.features([Float](repeating: level, count: 16000))
        #expect(features["VoicedSegmentsPerSec"] == 0)
    }

    @Test("a gain changes only levels", arguments: [0.001, 0.1, 0.37, 3] as [Float])
    func gain(factor: Float) throws {
        let plain = Signals.features(Self.quiet)
        let scaled = Signals.features(Signals.scaled(Self.quiet, by: factor))
        for name in FeatureSet.names where !Self.isLevel(name) {
            let (a, b) = (try #require(plain[name]), try #require(scaled[name]))
            #expect(abs(a - b) <= 1e-4 * max(abs(a), Self.scale(name)), "\(name): \(a) became \(b)")
        }
    }

    @Test("a gain changes levels by what they are", arguments: [0.1, 2] as [Float])
    func level(factor: Float) throws {
        let plain = Signals.features(Self.quiet)
        let scaled = Signals.features(Signals.scaled(Self.quiet, by: factor))
        let decibels = 20 * log10(factor)
        let level = "equivalentSoundLevel_dBp"
        #expect(abs(try #require(scaled[level]) - #require(plain[level]) - decibels) < 1e-3)
        // Power to 0.33, and magnitude.
        for (prefix, power) in [("loudness_sma3", Float(0.66)), ("spectralFlux", 1)] {
            for name in FeatureSet.names where name.hasPrefix(prefix) && !name.hasSuffix("stddevNorm") {
                let ratio = try #require(scaled[name]) / #require(plain[name])
                #expect(abs(ratio / pow(factor, power) - 1) < 1e-4, "\(name)")
            }
        }
    }

    private static func isLevel(_ name: String) -> Bool {
        name.hasPrefix("equivalent")
            || ["loudness_sma3", "spectralFlux"].contains { name.hasPrefix($0) } && !name.hasSuffix("stddevNorm")
    }

    /// What a change is set against where a value may lie near 0: decibels, coefficients and semitones are of the order of 1.
    private static func scale(_ name: String) -> Float { name.hasPrefix("slope") || name.hasPrefix("jitter") ? 0.01 : 1 }
}
