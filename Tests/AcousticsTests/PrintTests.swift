import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// Prints of synthetic speech and of what is done to it.
@Suite struct PrintTests {
    private static let rateHz = PrintExtractor.sampleRateHz

    private static func speech(_ seed: UInt64, seconds: Double = 3) -> [Float] {
        let speaker = Speaker(sex: seed % 2 == 0 ? .female : .male, ageYears: 30, seed: seed)
        return Utterance(speaker: speaker, mood: .neutral, durationSeconds: seconds, seed: seed)
            .samples(sampleRateHz: rateHz)
    }

    private static func print(_ samples: [Float], block: Int = 4096) -> Print? {
        var extractor = PrintExtractor()
        for start in stride(from: 0, to: samples.count, by: block) {
            extractor.append(Array(samples[start..<min(samples.count, start + block)]))
        }
        return extractor.finish()
    }

    /// Linear interpolation: tempo and pitch together.
    private static func faster(_ samples: [Float], by factor: Double) -> [Float] {
        (0..<Int(Double(samples.count - 2) / factor)).map { index in
            let place = Double(index) * factor
            let (left, share) = (Int(place), Float(place - place.rounded(.down)))
            return samples[left] * (1 - share) + samples[left + 1] * share
        }
    }

    private static func noisy(_ samples: [Float], decibels: Double, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        let power = samples.reduce(0.0) { $0 + Double($1 * $1) } / Double(samples.count)
        let spread = Float(sqrt(3 * power * pow(10, -decibels / 10)))
        return samples.map { $0 + Float.random(in: -spread...spread, using: &random) }
    }

    @Test func `a print is the same for the same samples in any blocks and at any gain`() throws {
        let samples = Self.speech(1)
        let print = try #require(Self.print(samples))
        #expect(Self.print(samples, block: 37) == print)
        #expect(Self.print(samples.map { $0 * 0.25 }) == print)
        #expect(print.match(print.kept)?.bitError == 0)
    }

    @Test func `too little or no speech has no print`() {
        #expect(Self.print([]) == nil)
        #expect(Self.print([Float](repeating: 0, count: 64_000)) == nil)
        #expect(Self.print([Float](repeating: .nan, count: 64_000)) == nil)
        #expect(Self.print(Array(Self.speech(1).prefix(15_000))) == nil)
    }

    @Test func `kept prints survive their bytes, and odd bytes are refused`() throws {
        let kept = try #require(Self.print(Self.speech(2))).kept
        #expect(KeptPrint(bytes: kept.bytes) == kept)
        #expect(kept.bytes.count <= 3 * 84)
        #expect(KeptPrint(bytes: kept.bytes.dropLast()) == nil)
        #expect(KeptPrint(bytes: []) == nil)
        #expect(KeptPrint(bytes: [UInt8](repeating: 1, count: 4 * 1251)) == nil)
    }

    @Test(arguments: [UInt64](1...8)) func `what is done to a copy does not hide it`(seed: UInt64) throws {
        let samples = Self.speech(seed)
        let kept = try #require(Self.print(samples)).kept
        let copies: [(String, [Float])] = [
            ("half as loud, noise 20 dB below", Self.noisy(samples.map { $0 / 2 }, decibels: 20, seed: seed)),
            ("silence before and behind", [Float](repeating: 0, count: 7_777) + samples + [Float](repeating: 0, count: 12_345)),
            ("begins 0.7 s later", Array(samples.dropFirst(11_200))),
            ("ends 0.7 s earlier", Array(samples.dropLast(11_200))),
            ("upside down", samples.map { -$0 }),
            ("1 % faster", Self.faster(samples, by: 1.01)),
            ("2 % slower", Self.faster(samples, by: 0.98)),
        ]
        for (name, copy) in copies {
            let match = try #require(Self.print(copy)?.match(kept), "\(name)")
            #expect(match.isSame, "\(name): \(match)")
        }
    }

    @Test func `different utterances are not the same, whoever speaks`() throws {
        let prints = (1...24).compactMap { Self.print(Self.speech(UInt64($0))) }
        #expect(prints.count == 24)
        for (index, print) in prints.enumerated() {
            for other in prints.dropFirst(index + 1) {
                let match = print.match(other.kept)
                #expect(match?.isSame != true, "\(String(describing: match))")
            }
        }
    }

    @Test func `a minute bounds a print`() throws {
        let samples = Self.speech(5, seconds: 90)
        let print = try #require(Self.print(samples))
        #expect(print.durationSeconds <= PrintGrid.secondsMax)
        #expect(KeptPrint(bytes: print.kept.bytes) == print.kept)
    }
}
