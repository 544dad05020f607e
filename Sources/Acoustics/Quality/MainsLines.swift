import Foundation

/// The power of a signal at lines and beside them, by Goertzel's recursion (1958), eight frequencies at once.
struct MainsLines: Sendable {
    private let lineCount: Int
    private let besideCount: Int
    /// Of each line, then of its surroundings, and so on; filled up to eight.
    private let coefficients: [SIMD8<Double>]

    init(linesHz: [Double], besideHz: [Double], sampleRateHz: Double) {
        lineCount = linesHz.count
        besideCount = besideHz.count
        var all: [Double] = []
        for line in linesHz {
            for distance in [0] + besideHz { all.append(2 * cos(2 * Double.pi * (line + distance) / sampleRateHz)) }
        }
        coefficients = stride(from: 0, to: all.count, by: 8).map { first in
            var lanes = SIMD8<Double>.zero
            for index in first..<min(all.count, first + 8) { lanes[index - first] = all[index] }
            return lanes
        }
    }

    /// Each line's power and the mean of those beside it, through a window of the samples' length; the mean is taken off.
    func powers(of samples: ArraySlice<Float>, window: [Float]) -> [(line: Float, beside: Float)] {
        let mean = samples.reduce(0, +) / Float(samples.count)
        let windowed = zip(samples, window).map { Double(($0 - mean) * $1) }
        var powers: [Double] = []
        for coefficient in coefficients {
            let power = Self.power(windowed, coefficient)
            for lane in 0..<8 { powers.append(power[lane]) }
        }
        return (0..<lineCount).map { line in
            let first = line * (besideCount + 1)
            let beside = powers[first + 1...first + besideCount].reduce(0, +) / Double(besideCount)
            return (Float(powers[first]), Float(beside))
        }
    }

    private static func power(_ samples: [Double], _ coefficient: SIMD8<Double>) -> SIMD8<Double> {
        var s1 = SIMD8<Double>.zero
        var s2 = SIMD8<Double>.zero
        for sample in samples {
            let next: SIMD8<Double> = coefficient * s1 - s2 + sample
            s2 = s1
            s1 = next
        }
        let power: SIMD8<Double> = s1 * s1 + s2 * s2 - coefficient * s1 * s2
        return power / Double(samples.count * samples.count)
    }
}
