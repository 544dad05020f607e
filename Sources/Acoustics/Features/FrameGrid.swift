/// One value of each of the frames that go through the transforms together.
typealias Frames = SIMD8<Float>

/// Where frames lie. Frame n of either stream begins at sample n · 160.
///
/// A long frame and the short frame two later have the same centre; voicing found on long frames is carried over by centre.
enum FrameGrid {
    static let sampleRateHz: Float = 16000
    static let hop = 160
    static let hopSeconds: Float = 0.01
    static let shortLength = 320
    static let shortTransformLength = 512
    static let longLength = 960
    static let longTransformLength = 1024
    /// Frames that go through the transforms together.
    static let batch = Frames.scalarCount
    /// From a long frame's number to that of the short frame with the same centre.
    static let shortFromLong = 2

    static let shortBinHz = sampleRateHz / Float(shortTransformLength)
    static let longBinHz = sampleRateHz / Float(longTransformLength)

    /// Frames of a length in so many samples.
    static func count(ofLength length: Int, in sampleCount: Int) -> Int {
        sampleCount < length ? 0 : (sampleCount - length) / hop + 1
    }
}
