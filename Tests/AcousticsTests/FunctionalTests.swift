import Acoustics
import Foundation
import TestSupport
import Testing

/// From random contours to all 88 values, beside a slow and plain reckoning.
@Suite("Functionals")
struct FunctionalTests {
    /// Random contours and what the reckoning makes of them.
    private struct Case {
        var spectral = SpectralContours()
        var voiced = VoicedContours()
        let sampleCount: Int
        let squareSum: Double

        init(seed: UInt64) {
            var random = SeededRandom(seed: seed)
            let longCount = Int.random(in: 1...400, using: &random)
            sampleCount = (longCount - 1) * 160 + 960 + Int.random(in: 0..<160, using: &random)
            squareSum = .random(in: 1...1000, using: &random)
            let isVoiced = Self.runs(longCount, &random)
            let flags = isVoiced.map(Optional.some)
            voiced.f0Semitones = Self.walk(flags, mean: 20, &random)
            // Of the other values some are missing in voiced frames too.
            let some = flags.map { $0! ? Optional(Double.random(in: 0...1, using: &random) < 0.9) : nil }
            voiced.jitter = Self.walk(some, mean: 0.02, &random)
            voiced.shimmerDecibels = Self.walk(some, mean: 0.5, &random)
            voiced.hnrDecibels = Self.walk(some, mean: 15, &random)
            voiced.h1OverH2Decibels = Self.walk(some, mean: 5, &random)
            voiced.h1OverA3Decibels = Self.walk(some, mean: 20, &random)
            for index in 0..<3 {
                voiced.formantHz[index] = Self.walk(some, mean: 1000, &random)
                voiced.formantBandwidthHz[index] = Self.walk(some, mean: 100, &random)
                voiced.formantDecibels[index] = Self.walk(some, mean: -10, &random)
            }
            let all = [Bool?](repeating: true, count: longCount + 4)
            let loud = all.map { _ in Optional(Double.random(in: 0...1, using: &random) < 0.97) }
            spectral.loudness = Self.walk(all, mean: 1, &random)
            spectral.flux = Self.walk([nil] + all.dropFirst(), mean: 0.3, &random)
            spectral.alphaRatio = Self.walk(loud, mean: -12, &random)
            spectral.hammarbergIndex = Self.walk(loud, mean: 20, &random)
            spectral.slope0To500 = Self.walk(loud, mean: 0.02, &random)
            spectral.slope500To1500 = Self.walk(loud, mean: -0.02, &random)
            for index in 0..<4 { spectral.mfcc[index] = Self.walk(loud, mean: 8, &random) }
        }

        var measured: [Float?] {
            RecordingContours(spectral: spectral, voiced: voiced, sampleCount: sampleCount, squareSum: squareSum).features.values
        }

        /// In the order of the set.
        var expected: [Double?] {
            let seconds = Double(sampleCount) / 16000
            let isVoiced = self.isVoiced
            let loudness = SlowFunctionals.smoothed(Self.doubles(spectral.loudness))
            let balance = [
                spectral.alphaRatio, spectral.hammarbergIndex, spectral.slope0To500, spectral.slope500To1500, spectral.flux,
            ].map(Self.doubles)
            let cepstrum = spectral.mfcc.map(Self.doubles)
            var voice = [
                voiced.jitter, voiced.shimmerDecibels, voiced.hnrDecibels, voiced.h1OverH2Decibels, voiced.h1OverA3Decibels,
            ]
            for index in 0..<3 {
                voice += [voiced.formantHz[index], voiced.formantBandwidthHz[index], voiced.formantDecibels[index]]
            }
            let voicedRuns = SlowFunctionals.runs(isVoiced, of: true)
            let unvoicedRuns = SlowFunctionals.runs(isVoiced, of: false)
            var values = SlowFunctionals.ten(SlowFunctionals.smoothed(Self.doubles(voiced.f0Semitones)))
            values += SlowFunctionals.ten(loudness)
            values += ([balance[4]] + cepstrum).flatMap { SlowFunctionals.both(SlowFunctionals.smoothed($0)) }
            values += voice.flatMap { SlowFunctionals.both(SlowFunctionals.smoothed(Self.doubles($0))) }
            values += (balance + cepstrum).flatMap { SlowFunctionals.both(SlowFunctionals.smoothed($0, where: isVoiced)) }
            values += balance.map { contour in
                SlowFunctionals.both(SlowFunctionals.smoothed(contour, where: isVoiced, equal: false))[0]
            }
            values += [Double(SlowFunctionals.peakCount(loudness)) / seconds, Double(voicedRuns.count) / seconds]
            values += [SlowFunctionals.mean(voicedRuns), SlowFunctionals.deviation(voicedRuns)]
            values += [SlowFunctionals.mean(unvoicedRuns), SlowFunctionals.deviation(unvoicedRuns)]
            values.append(10 * log10(squareSum / Double(sampleCount)))
            return values
        }

        /// The long frames' decisions, the first and the last one twice more.
        private var isVoiced: [Bool] {
            let decisions = voiced.f0Semitones.map { !$0.isNaN }
            return [decisions[0], decisions[0]] + decisions + [decisions.last!, decisions.last!]
        }

        private static func doubles(_ values: [Float]) -> [Double?] { values.map { $0.isNaN ? nil : Double($0) } }

        /// A random walk around a mean, with values where the flag is true.
        private static func walk(_ flags: [Bool?], mean: Double, _ random: inout SeededRandom) -> [Float] {
            var level = 0.0
            return flags.map { flag in
                level = 0.8 * level + .random(in: -0.3...0.3, using: &random)
                return flag == true ? Float(mean * (1 + level)) : .nan
            }
        }

        /// Voiced and unvoiced runs of 1 to 40 frames.
        private static func runs(_ count: Int, _ random: inout SeededRandom) -> [Bool] {
            var flags: [Bool] = []
            var flag = Bool.random(using: &random)
            while flags.count < count {
                flags += [Bool](repeating: flag, count: Int.random(in: 1...40, using: &random))
                flag.toggle()
            }
            return Array(flags.prefix(count))
        }
    }

    @Test("of random contours are what their definitions say", arguments: 0..<40 as Range<UInt64>)
    func random(seed: UInt64) {
        let one = Case(seed: seed)
        let (measured, expected) = (one.measured, one.expected)
        #expect(measured.count == expected.count)
        for (name, (value, truth)) in zip(FeatureSet.names, zip(measured, expected)) {
            guard let value, let truth else {
                #expect(value == nil && truth == nil, "\(name)")
                continue
            }
            #expect(abs(Double(value) - truth) <= 1e-4 * max(abs(truth), 1e-4), "\(name): \(value), not \(truth)")
        }
    }
}
