/// The means of eight successive long frames.
///
/// They are taken out before the window, so that an offset of the recording does not leak into the lowest harmonics. Sums are
/// in double precision: of a constant nothing is left.
enum LongFrameMeans {
    private static let hopsPerFrame = FrameGrid.longLength / FrameGrid.hop

    /// Takes the samples of all eight frames, (8 - 1) · 160 + 960.
    static func of(_ samples: UnsafePointer<Float>) -> Frames {
        var means = SIMD8<Double>.zero
        for hop in 0..<FrameGrid.batch - 1 + hopsPerFrame {
            let sum = InnerProduct.sum(samples + hop * FrameGrid.hop, count: FrameGrid.hop)
            for frame in 0..<FrameGrid.batch where frame <= hop && hop < frame + hopsPerFrame { means[frame] += sum }
        }
        return Frames(means / Double(FrameGrid.longLength))
    }
}
