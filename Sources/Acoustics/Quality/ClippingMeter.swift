/// Finds runs of three or more samples that stand at a limit: full scale, or a flat top at a level where several of the recording's stop.
/// The definition is this program's own.
///
/// A smooth wave is flat at its top as well, but it gets there gently: of a parabola that stays within a step for three samples or
/// more, the samples beside them are at most three steps off. A flat top counts only where both are farther off, towards zero.
struct ClippingMeter: Sendable {
    /// Samples of a run differ from its first by no more, of full scale.
    private static let flatness = LevelGrid.unit
    /// How far off the samples beside a flat top are at least: steps of the recording at this level, and full scale.
    private static let edgeSteps: Float = 5
    private static let edgeMin: Float = 3 * LevelGrid.unit
    /// Where no step is known, as in a square wave, a jump from beyond zero is an edge: this share of the level.
    private static let edgeShare: Float = 1.5
    private static let runLengthMin = 3

    private let fullScale: Float
    private var grid = LevelGrid()
    private var previous: Float = 0
    private var runStart: Float = 0
    /// The sample before the run.
    private var beforeRun: Float = 0
    private var runLength = 0
    private var highest: Float = 0
    private var lowest: Float = 0
    private var atFullScale = (runs: 0, samples: 0)
    private var above = FlatTops()
    private var below = FlatTops()

    init(fullScaleIsInteger: Bool) { fullScale = fullScaleIsInteger ? 1 - 1.5 / 32768 : .infinity }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        let outermost = samples.outermost
        highest = max(highest, outermost.highest)
        lowest = min(lowest, outermost.lowest)
        // As parts of the meter they would be written to memory for every sample.
        var (last, start, length) = (previous, runStart, runLength)
        for sample in samples {
            grid.insert(sample)
            if isSameRun(sample, start) {
                length += 1
            } else {
                if length >= Self.runLengthMin { endRun(start, length, last: last, next: sample) }
                beforeRun = last
                start = sample
                length = 1
            }
            last = sample
        }
        (previous, runStart, runLength) = (last, start, length)
    }

    /// Runs and the samples in them.
    mutating func finish() -> (runCount: Int, sampleCount: Int) {
        if runLength >= Self.runLengthMin { endRun(runStart, runLength, last: previous, next: nil) }
        runLength = 0
        let flat = [above.counted(under: highest), below.counted(under: -lowest)]
        return (atFullScale.runs + flat[0].runs + flat[1].runs, atFullScale.samples + flat[0].samples + flat[1].samples)
    }

    @inline(__always)
    private func isSameRun(_ sample: Float, _ start: Float) -> Bool {
        if abs(sample - start) <= Self.flatness { return true }
        return abs(sample) >= fullScale && abs(start) >= fullScale && (sample > 0) == (start > 0)
    }

    @inline(never)
    private mutating func endRun(_ level: Float, _ length: Int, last: Float, next: Float?) {
        if abs(level) >= fullScale {
            atFullScale.runs += 1
            atFullScale.samples += length
        } else if level > 0, isFlatTop(level, before: beforeRun, last: last, after: next) {
            above.add(level, length)
        } else if level < 0, isFlatTop(-level, before: -beforeRun, last: -last, after: next.map { -$0 }) {
            below.add(-level, length)
        }
    }

    /// Whether a run over zero stands clear of what is beside it.
    private func isFlatTop(_ level: Float, before: Float, last: Float, after: Float?) -> Bool {
        let edge = grid.step(at: level).map { Self.edgeSteps * $0 + Self.edgeMin } ?? Self.edgeShare * level
        return level - before > edge && after.map { last - $0 > edge } ?? true
    }
}
