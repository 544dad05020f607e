/// What is measured on each channel before several become one: their mean hides peaks, clipping and half of the energy.
struct ChannelMeter: Sendable {
    private(set) var loudness: LoudnessMeter
    private var peak = TruePeakMeter()
    private var clipping: ClippingMeter

    init(sampleRateHz: Int, fullScaleIsInteger: Bool) {
        loudness = LoudnessMeter(sampleRateHz: sampleRateHz)
        clipping = ClippingMeter(fullScaleIsInteger: fullScaleIsInteger)
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        loudness.append(samples)
        peak.append(samples)
        clipping.append(samples)
    }

    /// The highest peak in decibels over full scale, nil for digital silence; clipped runs and the samples in them.
    mutating func finish() -> (peakDecibels: Double?, clipped: (runCount: Int, sampleCount: Int)) {
        (peak.finish(), clipping.finish())
    }
}
