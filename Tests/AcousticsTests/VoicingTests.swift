import Acoustics
import Foundation
import SyntheticVoice
import Testing

/// Which short frames count as voiced.
@Suite("Voicing")
struct VoicingTests {
    @Test("of a vowel from end to end leaves nothing unvoiced", arguments: [0.2, 0.5, 1.0])
    func vowel(seconds: Double) throws {
        let features = Signals.features(Voice(f0Hz: 130, snrDecibels: 30, seed: 4).vowel(durationSeconds: seconds).samples)
        for name in FeatureSet.names where name.contains("UV") || name.contains("Unvoiced") {
            #expect(features[name] == nil, "\(name)")
        }
        // One segment of all short frames.
        let frames = (Int(seconds * 16000) - 320) / 160 + 1
        #expect(abs(try #require(features["MeanVoicedSegmentLengthSec"]) - Float(frames) * 0.01) < 1e-5)
        #expect(abs(try #require(features["VoicedSegmentsPerSec"]) * Float(seconds) - 1) < 1e-5)
        #expect(features["StddevVoicedSegmentLengthSec"] == nil)
    }

    @Test("of noise from end to end leaves nothing voiced")
    func noise() throws {
        let features = Signals.features(Signals.noise(seconds: 0.5, seed: 3))
        for name in FeatureSet.names where name.contains("V") && !name.contains("UV") && !name.hasPrefix("Voiced") {
            #expect(features[name] == nil, "\(name)")
        }
        #expect(abs(try #require(features["MeanUnvoicedSegmentLength"]) - 0.49) < 1e-5)
    }

    @Test("is not known of less than 60 ms")
    func unknown() {
        let features = Signals.features(Signals.noise(seconds: 0.05, seed: 3))
        for name in FeatureSet.names where name.contains("UV") || name.contains("oiced") {
            #expect(features[name] == nil, "\(name)")
        }
        #expect(features["loudness_sma3_amean"] != nil)
    }
}
