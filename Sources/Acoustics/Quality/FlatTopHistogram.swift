import Foundation

/// Flat tops by level, 32 steps an octave, from 2^-10 to 2^4 of full scale.
struct FlatTopHistogram: Sendable {
    private static let stepsPerOctave: Float = 32
    private static let octaveLowest: Float = -10
    /// Lower ones are not kept.
    static let levelMin: Float = 1 / 1024
    /// Fewer flat tops at one level are chance.
    private static let runCountMin = 3

    private var runs = [Int](repeating: 0, count: 14 * 32)
    private var samples = [Int](repeating: 0, count: 14 * 32)

    mutating func add(_ level: Float, _ length: Int) {
        guard let bin = Self.bin(level) else { return }
        runs[bin] += 1
        samples[bin] += length
    }

    /// What stands within about 3 % of the limit.
    func counted(under limit: Float) -> (runs: Int, samples: Int) {
        guard let top = Self.bin(limit) else { return (0, 0) }
        let bins = max(0, top - 1)...top
        let count = runs[bins].reduce(0, +)
        return count >= Self.runCountMin ? (count, samples[bins].reduce(0, +)) : (0, 0)
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
