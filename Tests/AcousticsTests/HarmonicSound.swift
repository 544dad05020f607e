import Foundation
import TestSupport

/// Harmonics of equal law with random phases, and white noise: the truth about pitch and harmonicity is what they were made of.
struct HarmonicSound {
    var f0Hz: Double
    /// Octaves a second that the pitch rises by.
    var octavesPerSecond = 0.0
    var highestHz = 5000.0
    var snrDecibels: Double
    var seconds = 1.0
    var seed: UInt64

    /// Harmonic k has amplitude 1/k; root mean square 0.1 before noise.
    var samples: [Float] {
        var random = SeededRandom(seed: seed)
        let highestF0Hz = max(f0Hz, hz(atSeconds: seconds))
        let count = max(1, Int(highestHz / highestF0Hz))
        let phases = (0..<count).map { _ in Double.random(in: 0..<2 * .pi, using: &random) }
        let power = (1...count).reduce(0.0) { $0 + 0.5 / Double($1 * $1) }
        let gain = 0.1 / power.squareRoot()
        let noise = 0.1 * pow(10, -snrDecibels / 20) * 3.0.squareRoot()
        return (0..<Int(seconds * 16000)).map { index in
            let phase = phase(atSeconds: Double(index) / 16000)
            let tone = (1...count).reduce(0.0) { $0 + sin(Double($1) * phase + phases[$1 - 1]) / Double($1) }
            return Float(gain * tone + .random(in: -noise...noise, using: &random))
        }
    }

    func hz(atSeconds seconds: Double) -> Double { f0Hz * exp2(octavesPerSecond * seconds) }

    private func phase(atSeconds seconds: Double) -> Double {
        guard octavesPerSecond != 0 else { return 2 * .pi * f0Hz * seconds }
        return 2 * .pi * f0Hz * (exp2(octavesPerSecond * seconds) - 1) / (octavesPerSecond * log(2))
    }
}
