import Foundation

/// Looks for lines of the mains, 50 or 60 Hz and their multiples up to the sixth, in the quietest of all windows. Which windows, what
/// a line is held against and how levels become one value are this program's own.
///
/// A window of a second tells lines 4 Hz apart. Recordings of one to two seconds are looked at in windows of half a second,
/// which tell 8 Hz apart and take a steady voice for a line more easily.
struct HumMeter: Sendable {
    private static let linesHz: [Double] = [50, 100, 150, 200, 250, 300, 60, 120, 180, 240, 360]
    /// Strange lines lie beside the mains' by so much.
    private static let besideHz = [-9.0, -6, 6, 9]
    private static let windowCountMin = 3

    private var decimator: HumDecimator
    private var lines: MainsLines
    private let window: [Float]
    private var reduced: [Float] = []
    /// The first two seconds, in which the half seconds are.
    private var head: [Float] = []
    private var long = Windows()

    init(sampleRateHz: Int) {
        let factor = max(1, sampleRateHz / 1000)
        let reducedRateHz = Double(sampleRateHz) / Double(factor)
        decimator = HumDecimator(factor: factor)
        lines = MainsLines(linesHz: Self.linesHz, besideHz: Self.besideHz, sampleRateHz: reducedRateHz)
        window = Self.hann(Int(reducedRateHz))
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        let start = reduced.count
        decimator.append(samples, into: &reduced)
        takeWindows(newFrom: start)
    }

    /// The strongest line's level over its surroundings in decibels, at least 0; nil for less than a second.
    mutating func finish() -> Double? {
        let start = reduced.count
        decimator.finish(into: &reduced)
        takeWindows(newFrom: start)
        if let decibels = long.decibels { return decibels }
        let window = Self.hann(self.window.count / 2)
        var short = Windows()
        for start in stride(from: 0, through: head.count - window.count, by: window.count / 2) {
            short.append(lines.powers(of: head[start..<start + window.count], window: window))
        }
        return short.decibels
    }

    private mutating func takeWindows(newFrom start: Int) {
        head.append(contentsOf: reduced[start...].prefix(2 * window.count - head.count))
        while reduced.count >= window.count {
            long.append(lines.powers(of: reduced[..<window.count], window: window))
            reduced.removeFirst(window.count / 2)
        }
    }

    private static func hann(_ count: Int) -> [Float] {
        (0..<count).map { Float(0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(count))) }
    }

    /// The powers of each line and of its surroundings, window by window.
    private struct Windows {
        private var powers: [(line: Float, beside: Float)] = []

        mutating func append(_ window: [(line: Float, beside: Float)]) { powers.append(contentsOf: window) }

        var decibels: Double? {
            guard powers.count >= windowCountMin * linesHz.count else { return nil }
            let levels = linesHz.indices.map { line in
                let ofLine = stride(from: line, to: powers.count, by: linesHz.count).map { powers[$0] }
                return 10 * log10((Self.quiet(ofLine.map(\.line)) + 1e-20) / (Self.quiet(ofLine.map(\.beside)) + 1e-20))
            }
            return max(0, levels.max() ?? 0)
        }

        /// A hum is always there, speech is not: the value of the quietest fifth.
        private static func quiet(_ powers: [Float]) -> Double { Double(powers.sorted()[(powers.count - 1) / 5]) }
    }
}
