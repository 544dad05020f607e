/// The power spectra of the latest long frames: until their pitch is decided they are needed again.
struct SpectrumRing: Sendable {
    /// Frames undecided are at most 40 and a batch; behind them there may be a last batch with short frames alone.
    private static let batchCount = 7
    private static let binCount = FrameGrid.longTransformLength / 2 + 1

    var batches = [[Frames]](
        repeating: [Frames](repeating: .zero, count: binCount), count: batchCount)
    private var appended = 0
    /// One frame's spectrum, taken out of its lane.
    private(set) var selected = [Float](repeating: 0, count: binCount)

    /// The place for the next eight frames.
    mutating func append() -> Int {
        appended += 1
        return (appended - 1) % Self.batchCount
    }

    mutating func select(_ frame: Int) {
        let lane = frame % FrameGrid.batch
        batches[frame / FrameGrid.batch % Self.batchCount].withUnsafeBufferPointer { batch in
            for bin in 0..<Self.binCount { selected[bin] = batch[bin][lane] }
        }
    }
}
