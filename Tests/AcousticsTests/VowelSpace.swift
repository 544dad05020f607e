import Foundation
import SyntheticVoice
import TestSupport

/// Random voices within what people speak.
enum VowelSpace {
    static func perturbed(_ index: Int, _ random: inout SeededRandom) -> Voice {
        var voice = stationary(index, &random)
        voice.jitterPercent = .random(in: 0...4, using: &random)
        voice.shimmerDecibels = .random(in: 0...1.5, using: &random)
        voice.snrDecibels = .random(in: 15...40, using: &random)
        return voice
    }

    static func stationary(_ index: Int, _ random: inout SeededRandom) -> Voice {
        let octaves = Double.random(in: 0...1, using: &random) * 2.1293
        let f1 = Double.random(in: 280...800, using: &random)
        let f2 = Double.random(in: max(900, f1 + 300)...2300, using: &random)
        let f3 = Double.random(in: max(2300, f2 + 400)...3200, using: &random)
        let formants = [
            Formant(hz: f1, bandwidthHz: .random(in: 50...110, using: &random)),
            Formant(hz: f2, bandwidthHz: .random(in: 70...140, using: &random)),
            Formant(hz: f3, bandwidthHz: .random(in: 100...200, using: &random)),
            Formant(hz: 3700, bandwidthHz: 200), Formant(hz: 4600, bandwidthHz: 250),
        ]
        return Voice(
            f0Hz: 80 * exp2(octaves), formants: formants, snrDecibels: .random(in: 25...40, using: &random),
            glottalCutoffHz: .random(in: 60...200, using: &random), seed: UInt64(index))
    }

}
