/// Runs of equal samples: digital zero, which an editor inserts, and what a lost packet leaves, zeros or a value that is held. The
/// thresholds, of full scale, are this program's own.
struct HeldRunMeter: Sendable {
    /// A level of -50 dB: fading into zero is no dropout.
    private static let zeroEdgeMin: Float = 0.003
    /// A held value other than zero must jump at one end: quiet sounds of few bits stand still as well.
    private static let edgeMin: Float = 0.01
    /// In steps of the recording, which are large where it has few bits: quiet sounds stand still for longer there, and then one jump
    /// is speech that begins. So it is a high one, or there are two.
    private static let edgeSteps: Float = 12
    private static let bothEdgesSteps: Float = 2.5

    private let countedLength: Int
    private let dropoutLengths: ClosedRange<Int>

    /// Samples in runs of digital zero of 5 ms or more.
    private(set) var zeroSampleCount: Int64 = 0
    private var nearZero = (runs: 0, samples: 0)
    private var above = HeldRunHistogram()
    private var below = HeldRunHistogram()
    private var value: Float = .nan
    private var beforeRun: Float = .nan
    private var runLength = 0
    private var smallestStep: Float = .infinity

    init(sampleRateHz: Int) {
        countedLength = max(1, sampleRateHz / 200)
        dropoutLengths = max(4, sampleRateHz / 1000)...max(4, sampleRateHz / 5)
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples {
            if sample == value {
                runLength += 1
                continue
            }
            let step = abs(sample - value)
            if step < smallestStep { smallestStep = step }
            if runLength >= dropoutLengths.lowerBound { endRun(exit: step) }
            beforeRun = value
            value = sample
            runLength = 1
        }
    }

    /// Dropouts and the samples in them. Runs at the outermost level are left out: they are clipped, not lost.
    mutating func finish(highest: Float, lowest: Float) -> (runs: Int, samples: Int) {
        countZeros()
        runLength = 0
        let held = [above.beneath(highest), below.beneath(-lowest), nearZero]
        return (held.reduce(0) { $0 + $1.runs }, held.reduce(0) { $0 + $1.samples })
    }

    @inline(never)
    private mutating func endRun(exit: Float) {
        countZeros()
        // The first run breaks nothing off.
        guard dropoutLengths.contains(runLength), !beforeRun.isNaN else { return }
        let entry = abs(beforeRun - value)
        guard max(entry, exit) >= (value == 0 ? Self.zeroEdgeMin : Self.edgeMin) else { return }
        guard max(entry, exit) >= Self.edgeSteps * smallestStep || min(entry, exit) >= Self.bothEdgesSteps * smallestStep else {
            return
        }
        if abs(value) < HeldRunHistogram.levelMin {
            nearZero = (nearZero.runs + 1, nearZero.samples + runLength)
        } else if value > 0 {
            above.add(value, runLength)
        } else {
            below.add(-value, runLength)
        }
    }

    private mutating func countZeros() {
        if value == 0, runLength >= countedLength { zeroSampleCount += Int64(runLength) }
    }
}
