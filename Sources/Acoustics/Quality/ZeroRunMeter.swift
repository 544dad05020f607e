/// Runs of digital zero: what an editor inserts and what a lost packet leaves.
struct ZeroRunMeter: Sendable {
    private let countedLength: Int
    private let dropoutLengths: ClosedRange<Int>
    /// A level of -50 dB: fading into zero is no dropout.
    private static let soundingMin: Float = 0.003

    /// Samples in runs of 5 ms or more.
    private(set) var sampleCount: Int64 = 0
    private(set) var dropoutCount = 0
    private var runLength = 0
    private var beforeRun: Float = 0
    private var previous: Float = 0

    init(sampleRateHz: Int) {
        countedLength = max(1, sampleRateHz / 200)
        dropoutLengths = max(4, sampleRateHz / 1000)...max(4, sampleRateHz / 5)
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples {
            if sample == 0 {
                if runLength == 0 { beforeRun = previous }
                runLength += 1
            } else if runLength > 0 {
                let breaksOff = abs(beforeRun) >= Self.soundingMin || abs(sample) >= Self.soundingMin
                if breaksOff, beforeRun != 0, dropoutLengths.contains(runLength) { dropoutCount += 1 }
                endRun()
            }
            previous = sample
        }
    }

    mutating func finish() { endRun() }

    private mutating func endRun() {
        if runLength >= countedLength { sampleCount += Int64(runLength) }
        runLength = 0
    }
}
