import Foundation

/// Looks for lines of the mains: 50 or 60 Hz and their multiples up to 240 Hz, in the quietest of all whole seconds.
struct HumMeter: Sendable {
    /// Strange lines lie beside the mains' by so much; a window of a second tells them apart.
    private static let besideHz = [-9.0, -6, 6, 9]
    private static let secondCountMin = 3

    private let reducedRateHz: Double
    private let factor: Int
    private var sum = 0.0
    private var inSum = 0
    private var reduced: [Float] = []
    /// For each line of `linesHz`: its power and that of its surroundings, one value for each half second.
    private var onLine: [[Float]]
    private var besideLine: [[Float]]

    private static let linesHz: [Double] = [50, 100, 150, 200, 60, 120, 180, 240]

    init(sampleRateHz: Int) {
        factor = max(1, sampleRateHz / 1000)
        reducedRateHz = Double(sampleRateHz) / Double(factor)
        onLine = Array(repeating: [], count: Self.linesHz.count)
        besideLine = onLine
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples {
            sum += Double(sample)
            inSum += 1
            guard inSum == factor else { continue }
            reduced.append(Float(sum / Double(factor)))
            sum = 0
            inSum = 0
            if reduced.count >= Int(reducedRateHz) { measureSecond() }
        }
    }

    /// The strongest line's level over its surroundings, at least 0; nil for less than two seconds.
    var decibels: Double? {
        guard onLine[0].count >= Self.secondCountMin else { return nil }
        let levels = Self.linesHz.indices.map { line in
            10 * log10((Self.quiet(onLine[line]) + 1e-20) / (Self.quiet(besideLine[line]) + 1e-20))
        }
        return max(0, levels.max() ?? 0)
    }

    private mutating func measureSecond() {
        let count = reduced.count
        let mean = reduced.reduce(0, +) / Float(count)
        let windowed = reduced.indices.map {
            Double(reduced[$0] - mean) * (0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(count)))
        }
        for (index, hz) in Self.linesHz.enumerated() {
            onLine[index].append(Float(power(windowed, hz: hz)))
            let beside = Self.besideHz.map { power(windowed, hz: hz + $0) }
            besideLine[index].append(Float(beside.reduce(0, +) / Double(beside.count)))
        }
        reduced.removeFirst(count / 2)
    }

    /// Goertzel's recursion (1958).
    private func power(_ samples: [Double], hz: Double) -> Double {
        let coefficient = 2 * cos(2 * Double.pi * hz / reducedRateHz)
        var s1 = 0.0
        var s2 = 0.0
        for sample in samples { (s1, s2) = (sample + coefficient * s1 - s2, s1) }
        return (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / Double(samples.count * samples.count)
    }

    /// A hum is always there, speech is not: the value of the quietest fifth.
    private static func quiet(_ powers: [Float]) -> Double { Double(powers.sorted()[(powers.count - 1) / 5]) }
}
