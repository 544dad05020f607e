import Foundation

/// Runs of a held value by its level, 32 steps an octave, from 2^-10 to 2^4 of full scale.
struct HeldRunHistogram: Sendable {
    private static let stepsPerOctave: Float = 32
    private static let octaveLowest: Float = -10
    /// Lower ones are not kept.
    static let levelMin: Float = 1 / 1024

    private var runs = [Int](repeating: 0, count: 14 * 32)
    private var samples = [Int](repeating: 0, count: 14 * 32)

    mutating func add(_ level: Float, _ length: Int) {
        guard let bin = Self.bin(level) else { return }
        runs[bin] += 1
        samples[bin] += length
    }

    /// All of what was added, but for what stands within about 3 % of the limit.
    func beneath(_ limit: Float) -> (runs: Int, samples: Int) {
        let end = max(0, (Self.bin(limit) ?? 0) - 1)
        return (runs[..<end].reduce(0, +), samples[..<end].reduce(0, +))
    }

    private static func bin(_ level: Float) -> Int? {
        guard level >= levelMin else { return nil }
        return min(14 * 32 - 1, Int((log2(level) - octaveLowest) * stepsPerOctave))
    }
}
