import Foundation

/// The power of a signal at lines and beside them, by Goertzel's recursion (1958), eight frequencies at once.
struct MainsLines: Sendable {
    private let besideCount: Int
    /// Of each line, then of its surroundings, and so on; filled up to eight.
    private let coefficients: [SIMD8<Double>]
    private var windowed: [Double] = []
    private var powers: [Double] = []
    private var pairs: [(line: Float, beside: Float)]

    init(linesHz: [Double], besideHz: [Double], sampleRateHz: Double) {
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
        pairs = Array(repeating: (0, 0), count: linesHz.count)
    }

    /// Each line's power and the mean of those beside it, through a window of the samples' length; the mean is taken off. Allocates
    /// nothing after the first time, unless the last result is still kept.
    mutating func powers(of samples: ArraySlice<Float>, window: [Float]) -> [(line: Float, beside: Float)] {
        let mean = samples.reduce(0, +) / Float(samples.count)
        windowed.removeAll(keepingCapacity: true)
        for (sample, weight) in zip(samples, window) { windowed.append(Double((sample - mean) * weight)) }
        powers.removeAll(keepingCapacity: true)
        for coefficient in coefficients {
            let power = Self.power(windowed, coefficient)
            for lane in 0..<8 { powers.append(power[lane]) }
        }
        for line in pairs.indices {
            let first = line * (besideCount + 1)
            let beside = powers[first + 1...first + besideCount].reduce(0, +) / Double(besideCount)
            pairs[line] = (Float(powers[first]), Float(beside))
        }
        return pairs
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
