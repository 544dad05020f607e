/// Measures the quality of a recording in one pass: append its samples in blocks of any size, then finish. A copy made
/// before the first sample measures another recording without making its tables again.
///
/// Memory grows with about 6 bytes for every 10 ms. The result does not depend on the sizes of the blocks.
public struct QualityMeter: Sendable {
    private let sampleRateHz: Int
    private let fullScaleIsInteger: Bool
    private var scratch: [Float] = []

    private var offset = OffsetMeter()
    private var levels: LevelContour
    private var loudness: LoudnessMeter
    private var peak = TruePeakMeter()
    private var clipping: ClippingMeter
    private var zeros: ZeroRunMeter
    private var wada = AmplitudeDistribution()
    private var spectrum: LongTermSpectrum
    private var hum: HumMeter

    /// - Parameters:
    ///   - sampleRateHz: the rate of the samples as they come, 1000…768000; others are taken as the nearest of these.
    ///   - fullScaleIsInteger: whether the samples were integers once, so that nothing beyond full scale can exist and runs
    ///     there are clipped.
    public init(sampleRateHz: Int, fullScaleIsInteger: Bool = true) {
        let sampleRateHz = min(768_000, max(1000, sampleRateHz))
        self.sampleRateHz = sampleRateHz
        self.fullScaleIsInteger = fullScaleIsInteger
        levels = LevelContour(sampleRateHz: sampleRateHz)
        loudness = LoudnessMeter(sampleRateHz: sampleRateHz)
        clipping = ClippingMeter(fullScaleIsInteger: fullScaleIsInteger)
        zeros = ZeroRunMeter(sampleRateHz: sampleRateHz)
        spectrum = LongTermSpectrum(sampleRateHz: sampleRateHz)
        hum = HumMeter(sampleRateHz: sampleRateHz)
    }

    /// Takes the next samples, mono. Samples that are not finite count as 0.
    public mutating func append(_ samples: [Float]) {
        samples.withUnsafeBufferPointer { append($0) }
    }

    /// Takes the next samples, mono. Samples that are not finite count as 0.
    public mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        var rest = samples[...]
        while !rest.isEmpty {
            scratch.removeAll(keepingCapacity: true)
            for sample in rest.prefix(4096) { scratch.append(Sample.sane(sample)) }
            rest = rest.dropFirst(4096)
            measure()
        }
    }

    /// The quality of all samples taken; the meter is used up.
    public consuming func finish() -> Quality {
        let count = offset.count
        let seconds = Double(count) / Double(sampleRateHz)
        let speech = SpeechActivity(meanSquares: levels.finish())
        let clipped = clipping.finish()
        zeros.finish()
        let band = spectrum.finish()
        return Quality(
            sampleRateHz: sampleRateHz, sampleCount: count, durationSeconds: seconds,
            snrDecibels: SignalToNoise(speech: speech, wadaDecibels: wada.snrDecibels).decibels,
            loudnessLUFS: loudness.integratedLUFS, truePeakDecibels: peak.finish(),
            clippedShare: count == 0 ? 0 : Double(clipped.sampleCount) / Double(count), clippedRunCount: clipped.runCount,
            speechShare: speech.share, leadingSilenceSeconds: min(seconds, speech.leadingSeconds),
            trailingSilenceSeconds: min(seconds, speech.trailingSeconds), longestPauseSeconds: speech.longestPauseSeconds,
            noiseFloorDecibels: speech.floorDecibels, bandwidthHz: band.bandwidthHz, brickWallHz: band.brickWallHz,
            dcOffset: offset.mean, humDecibels: hum.decibels,
            digitalZeroShare: count == 0 ? 0 : Double(zeros.sampleCount) / Double(count), dropoutCount: zeros.dropoutCount)
    }

    private mutating func measure() {
        scratch.withUnsafeBufferPointer { samples in
            offset.append(samples)
            levels.append(samples)
            loudness.append(samples)
            peak.append(samples)
            clipping.append(samples)
            zeros.append(samples)
            wada.append(samples)
            spectrum.append(samples)
            hum.append(samples)
        }
    }
}
