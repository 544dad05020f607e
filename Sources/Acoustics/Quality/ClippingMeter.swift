import Foundation

/// Finds runs of three or more samples that stand at a limit: full scale, or a flat top at the recording's own highest level.
///
/// A smooth wave is flat at its top as well, but it gets there gently. A flat top counts only where the steps onto it and
/// off it are large against the flatness, and only at the outermost level, where a limit must lie.
struct ClippingMeter: Sendable {
    private static let flatness: Float = 1 / 32768
    private static let stepMin: Float = 8 / 32768
    private static let runLengthMin = 3

    private let fullScale: Float
    private var previous: Float = 0
    private var runStart: Float = 0
    private var runEntry: Float = 0
    private var runLength = 0
    private var highest: Float = 0
    private var lowest: Float = 0
    private var atFullScale = (runs: 0, samples: 0)
    private var above = FlatTopHistogram()
    private var below = FlatTopHistogram()

    init(fullScaleIsInteger: Bool) { fullScale = fullScaleIsInteger ? 1 - 1.5 / 32768 : .infinity }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        let outermost = samples.outermost
        highest = max(highest, outermost.highest)
        lowest = min(lowest, outermost.lowest)
        for sample in samples {
            if isSameRun(sample) {
                runLength += 1
            } else {
                if runLength >= Self.runLengthMin { endRun(exit: abs(sample - previous)) }
                runEntry = abs(sample - previous)
                runStart = sample
                runLength = 1
            }
            previous = sample
        }
    }

    /// Runs and the samples in them.
    mutating func finish() -> (runCount: Int, sampleCount: Int) {
        if runLength >= Self.runLengthMin { endRun(exit: .infinity) }
        runLength = 0
        let flat = [above.counted(under: highest), below.counted(under: -lowest)]
        return (atFullScale.runs + flat[0].runs + flat[1].runs, atFullScale.samples + flat[0].samples + flat[1].samples)
    }

    private func isSameRun(_ sample: Float) -> Bool {
        if abs(sample - runStart) <= Self.flatness { return true }
        return abs(sample) >= fullScale && abs(runStart) >= fullScale && (sample > 0) == (runStart > 0)
    }

    private mutating func endRun(exit: Float) {
        if abs(runStart) >= fullScale {
            atFullScale.runs += 1
            atFullScale.samples += runLength
        } else if runEntry > Self.stepMin, exit > Self.stepMin {
            runStart > 0 ? above.add(runStart, runLength) : below.add(-runStart, runLength)
        }
    }
}
