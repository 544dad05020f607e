import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

/// Formants that move: harmonics whose amplitudes follow a vocal tract as it changes its shape.
@Suite("Against gliding formants")
struct FormantGlideTests {
    private struct Glide {
        let from: [Double]
        let to: [Double]
        let f0Hz: Double
        let seed: UInt64
        private static let seconds = 0.8
        private static let bandwidthsHz = [70.0, 100, 150]

        init(seed: UInt64) {
            var random = SeededRandom(seed: seed + 500)
            (from, to) = (Self.shape(&random), Self.shape(&random))
            f0Hz = .random(in: 90...220, using: &random)
            self.seed = seed
        }

        private static func shape(_ random: inout SeededRandom) -> [Double] {
            [
                .random(in: 300...750, using: &random), .random(in: 1050...2100, using: &random),
                .random(in: 2450...3000, using: &random),
            ]
        }

        func hz(_ formant: Int, atSeconds seconds: Double) -> Double {
            from[formant] + (to[formant] - from[formant]) * seconds / Self.seconds
        }

        /// Harmonics with the amplitudes of the tract every 10 ms, on a line between.
        var samples: [Float] {
            let count = Int(7800 / f0Hz)
            let levels = (0...Int(Self.seconds * 100)).map { step -> [Double] in
                let voice = voice(atSeconds: Double(step) * 0.01)
                return (1...count).map { pow(10, voice.envelopeDecibels(hz: Double($0) * f0Hz) / 20) }
            }
            let sound = (0..<Int(Self.seconds * 16000)).map { index -> Double in
                let (step, share) = (index / 160, Double(index % 160) / 160)
                let phase = 2 * Double.pi * f0Hz * Double(index) / 16000
                return (0..<count).reduce(0.0) { sum, number in
                    let level = levels[step][number] * (1 - share) + levels[step + 1][number] * share
                    return sum + level * cos(Double(number + 1) * phase)
                }
            }
            let power = sound.reduce(0) { $0 + $1 * $1 } / Double(sound.count)
            let scaled = sound.map { Float(0.1 * $0 / power.squareRoot()) }
            return Signals.sum(scaled, Signals.noise(level: 0.1 * pow(10, -1.5), seconds: Self.seconds, seed: seed))
        }

        private func voice(atSeconds seconds: Double) -> Voice {
            let moving = (0..<3).map { Formant(hz: hz($0, atSeconds: seconds), bandwidthHz: Self.bandwidthsHz[$0]) }
            return Voice(
                f0Hz: f0Hz, formants: moving + [Formant(hz: 3700, bandwidthHz: 200), Formant(hz: 4600, bandwidthHz: 250)])
        }
    }

    @Test("F1, F2 and F3 are followed")
    func formants() {
        var errors: [[Double]] = [[], [], []]
        for seed in 0..<UInt64(TruthScale.count(15)) {
            let glide = Glide(seed: seed)
            var extractor = FeatureExtractor(isExtended: true)
            extractor.append(glide.samples)
            let contours = extractor.finishWithContours().contours
            for formant in 0..<3 {
                for (frame, hz) in contours.formantHz[formant].enumerated() {
                    let truth = glide.hz(formant, atSeconds: Double(frame) * 0.01 + SpeechContours.voicedStartSeconds)
                    errors[formant].append(abs(Double(hz ?? .infinity) - truth))
                }
            }
        }
        let means = errors.map(Agreement.mean)
        TruthScale.report("gliding F1, F2, F3, mean error in Hz", means[0], means[1], means[2])
        for (mean, bar) in zip(means, [30.0, 25, 30]) { #expect(mean < bar) }
    }
}
