/// One voiced frame before its stretch is complete.
struct VoicedFrame: Sendable {
    /// Number of the long frame.
    var index: Int
    /// In samples.
    var period: Double
    var hnrDecibels: Float
    var harmonics: HarmonicLevels.Frame

    var f0Hz: Float { FrameGrid.sampleRateHz / Float(period) }
    /// Sample at the frame's middle.
    var centre: Int { index * FrameGrid.hop + FrameGrid.longLength / 2 }
}
