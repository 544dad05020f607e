/// The means of four successive long frames.
///
/// They are taken out before the window, so that an offset of the recording does not leak into the lowest harmonics. Sums are
/// in double precision: of a constant nothing is left.
enum LongFrameMeans {
    private static let hopsPerFrame = FrameGrid.longLength / FrameGrid.hop

    /// Takes the samples of all four frames, (4 - 1) · 160 + 960.
    static func of(_ samples: UnsafePointer<Float>) -> SIMD4<Float> {
        var means = SIMD4<Double>.zero
        for hop in 0..<FrameGrid.batch - 1 + hopsPerFrame {
            let sum = sum(samples + hop * FrameGrid.hop)
            for frame in 0..<FrameGrid.batch where frame <= hop && hop < frame + hopsPerFrame { means[frame] += sum }
        }
        return SIMD4<Float>(means / Double(FrameGrid.longLength))
    }

    private static func sum(_ samples: UnsafePointer<Float>) -> Double {
        let raw = UnsafeRawPointer(samples)
        var sum = SIMD4<Double>.zero
        for offset in stride(from: 0, to: FrameGrid.hop * 4, by: 16) {
            sum += SIMD4<Double>(raw.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self))
        }
        return sum.sum()
    }
}
