import Foundation

/// Looks for lines of the mains, 50 or 60 Hz and their multiples up to the sixth, in the quietest of all windows.
///
/// A window of a second tells lines 4 Hz apart. Recordings of one to two seconds are looked at in windows of half a second,
/// which tell 8 Hz apart and take a steady voice for a line more easily.
struct HumMeter: Sendable {
    private static let linesHz: [Double] = [50, 100, 150, 200, 250, 300, 60, 120, 180, 240, 360]
    /// Strange lines lie beside the mains' by so much.
    private static let besideHz = [-9.0, -6, 6, 9]
    private static let windowCountMin = 3

    private let reducedRateHz: Double
    private let factor: Int
    private let lines: MainsLines
    private let window: [Float]
    /// The beginning of a group whose end has not come.
    private var group: [Float] = []
    private var reduced: [Float] = []
    /// The first two seconds, in which the half seconds are.
    private var head: [Float] = []
    private var long = Windows()

    init(sampleRateHz: Int) {
        factor = max(1, sampleRateHz / 1000)
        reducedRateHz = Double(sampleRateHz) / Double(factor)
        lines = MainsLines(linesHz: Self.linesHz, besideHz: Self.besideHz, sampleRateHz: reducedRateHz)
        window = Self.hann(Int(reducedRateHz))
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        // A sum is made of whole groups, so that it does not depend on where blocks begin.
        var rest = samples[...]
        while !rest.isEmpty {
            if group.isEmpty, rest.count >= factor {
                takeMean(of: UnsafeBufferPointer(rebasing: rest.prefix(factor)))
                rest = rest.dropFirst(factor)
                continue
            }
            let more = rest.prefix(factor - group.count)
            group.append(contentsOf: more)
            rest = rest.dropFirst(more.count)
            guard group.count == factor else { continue }
            group.withUnsafeBufferPointer { takeMean(of: $0) }
            group.removeAll(keepingCapacity: true)
        }
    }

    /// The strongest line's level over its surroundings, at least 0; nil for less than a second.
    var decibels: Double? {
        if let decibels = long.decibels { return decibels }
        let window = Self.hann(self.window.count / 2)
        var short = Windows()
        for start in stride(from: 0, through: head.count - window.count, by: window.count / 2) {
            short.append(lines.powers(of: head[start..<start + window.count], window: window))
        }
        return short.decibels
    }

    private mutating func takeMean(of samples: UnsafeBufferPointer<Float>) {
        let value = Float(InnerProduct.sum(samples.baseAddress!, count: samples.count) / Double(samples.count))
        reduced.append(value)
        if head.count < 2 * window.count { head.append(value) }
        guard reduced.count == window.count else { return }
        long.append(lines.powers(of: reduced[...], window: window))
        reduced.removeFirst(window.count / 2)
    }

    private static func hann(_ count: Int) -> [Float] {
        (0..<count).map { Float(0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(count))) }
    }

    /// The powers of each line and of its surroundings, one value a window.
    private struct Windows {
        private var onLine: [[Float]] = Array(repeating: [], count: linesHz.count)
        private var besideLine: [[Float]] = Array(repeating: [], count: linesHz.count)

        mutating func append(_ powers: [(line: Float, beside: Float)]) {
            for (index, power) in powers.enumerated() {
                onLine[index].append(power.line)
                besideLine[index].append(power.beside)
            }
        }

        var decibels: Double? {
            guard onLine[0].count >= windowCountMin else { return nil }
            let levels = onLine.indices.map { line in
                10 * log10((Self.quiet(onLine[line]) + 1e-20) / (Self.quiet(besideLine[line]) + 1e-20))
            }
            return max(0, levels.max() ?? 0)
        }

        /// A hum is always there, speech is not: the value of the quietest fifth.
        private static func quiet(_ powers: [Float]) -> Double { Double(powers.sorted()[(powers.count - 1) / 5]) }
    }
}
