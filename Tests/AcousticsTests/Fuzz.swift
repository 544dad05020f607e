import Foundation
import SyntheticVoice
import TestSupport

/// Signals that nobody would record.
enum Fuzz {
    static func samples(seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        var samples: [Float] = []
        for _ in 0..<Int.random(in: 0...6, using: &random) { samples += stretch(&random) }
        return samples
    }

    private static func stretch(_ random: inout SeededRandom) -> [Float] {
        let count = [0, 1, 159, 319, 320, 321, 959, 960, 1600, 16000, 33333].randomElement(using: &random)!
        let level = pow(10, Float.random(in: -40...10, using: &random))
        let hz = Float.random(in: 1...8000, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return Array(repeating: 0, count: count)
        case 1: return Array(repeating: level, count: count)
        case 2: return (0..<count).map { _ in Float.random(in: -1...1, using: &random) * level }
        case 3: return (0..<count).map { level * sin(2 * .pi * hz * Float($0) / 16000) }
        case 4: return (0..<count).map { $0 % Int(1 + hz / 20) == 0 ? level : 0 }
        case 5: return (0..<count).map { sin(2 * .pi * hz * Float($0) / 16000) > 0 ? 1 : -1 }
        case 6: return (0..<count).map { _ in Float(bitPattern: .random(in: 0...UInt32.max, using: &random)) }
        case 7: return (0..<count).map { Float($0 % 2) * .greatestFiniteMagnitude }
        default:
            let f0 = Double.random(in: 40...1200, using: &random)
            return Voice(f0Hz: f0, jitterPercent: 8, shimmerDecibels: 4, seed: UInt64(count))
                .vowel(durationSeconds: Double(count) / 16000).samples
        }
    }
}
