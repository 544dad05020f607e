/// Measures the quality of a recording in one pass: append its samples in blocks of any size, then finish. A copy made
/// before the first sample measures another recording without making its tables again.
///
/// Of several channels each is measured for loudness, peaks and clipping; everything else is measured on their mean, which
/// is what features are measured on. Memory grows with about 7 bytes for every 10 ms, and one more for each further channel. The result does not depend on the sizes of the blocks.
public struct QualityMeter: Sendable {
    private let sampleRateHz: Int
    private let fullScaleIsInteger: Bool
    private var scratch: [Float] = []

    private var channels: [ChannelMeter]
    /// The loudness of the mean, measured only to hold it against that of several channels.
    private var meanLoudness: LoudnessMeter?
    private var offset = OffsetMeter()
    private var levels: LevelContour
    private var runs: HeldRunMeter
    private var wada = AmplitudeDistribution()
    private var spectrum: LongTermSpectrum
    private var hum: HumMeter

    /// - Parameters:
    ///   - sampleRateHz: the rate of the samples as they come, 1000…768000; others are taken as the nearest of these.
    ///   - channelCount: how many channels come with their mean, at least 1.
    ///   - fullScaleIsInteger: whether the samples were integers once, so that nothing beyond full scale can exist and runs
    ///     there are clipped.
    public init(sampleRateHz: Int, channelCount: Int = 1, fullScaleIsInteger: Bool = true) {
        let sampleRateHz = min(768_000, max(1000, sampleRateHz))
        self.sampleRateHz = sampleRateHz
        self.fullScaleIsInteger = fullScaleIsInteger
        levels = LevelContour(sampleRateHz: sampleRateHz)
        channels = Array(
            repeating: ChannelMeter(sampleRateHz: sampleRateHz, fullScaleIsInteger: fullScaleIsInteger),
            count: max(1, channelCount))
        meanLoudness = channelCount > 1 ? LoudnessMeter(sampleRateHz: sampleRateHz) : nil
        runs = HeldRunMeter(sampleRateHz: sampleRateHz)
        spectrum = LongTermSpectrum(sampleRateHz: sampleRateHz)
        hum = HumMeter(sampleRateHz: sampleRateHz)
    }

    /// Takes the next samples of one channel. Samples that are not finite count as 0.
    public mutating func append(_ samples: [Float]) { append(mean: samples, channels: []) }

    /// Takes the next samples: the mean of the channels, and each channel; none where there is only one.
    public mutating func append(mean: [Float], channels blocks: [[Float]]) {
        precondition(blocks.count == (channels.count == 1 ? 0 : channels.count), "Every channel comes.")
        precondition(blocks.allSatisfy { $0.count == mean.count }, "Channels have the same length.")
        for start in stride(from: 0, to: mean.count, by: 4096) {
            let range = start..<min(mean.count, start + 4096)
            for channel in blocks.indices {
                fill(blocks[channel][range])
                scratch.withUnsafeBufferPointer { channels[channel].append($0) }
            }
            fill(mean[range])
            measure(isOnlyChannel: blocks.isEmpty)
        }
    }

    private mutating func fill(_ samples: ArraySlice<Float>) {
        scratch.removeAll(keepingCapacity: true)
        samples.withUnsafeBufferPointer { Sample.append($0, to: &scratch) }
    }

    /// The quality of all samples taken; the meter is used up.
    public consuming func finish() -> Quality {
        let count = offset.count
        let seconds = Double(count) / Double(sampleRateHz)
        let speech = SpeechActivity(meanSquares: levels.finish())
        let ends = channels.indices.map { channels[$0].finish() }
        let clipped = ends.map(\.clipped).max { $0.sampleCount < $1.sampleCount } ?? (0, 0)
        let dropouts = runs.finish(highest: offset.highest, lowest: offset.lowest)
        let band = spectrum.finish()
        func share(_ part: Int) -> Double { count == 0 ? 0 : Double(part) / Double(count) }
        return Quality(
            sampleRateHz: sampleRateHz, sampleCount: count, durationSeconds: seconds,
            snrDecibels: SignalToNoise(speech: speech, wadaDecibels: wada.snrDecibels).decibels,
            loudnessLUFS: LoudnessMeter.integratedLUFS(of: channels.lazy.map(\.loudness)),
            truePeakDecibels: ends.compactMap(\.peakDecibels).max(),
            channelCancellationDecibels: meanLoudness.flatMap { ChannelCancellation.decibels(mean: $0, channels: channels) },
            clippedShare: share(clipped.sampleCount), clippedRunCount: clipped.runCount,
            speechShare: speech.share, leadingSilenceSeconds: min(seconds, speech.leadingSeconds),
            trailingSilenceSeconds: min(seconds, speech.trailingSeconds), longestPauseSeconds: speech.longestPauseSeconds,
            noiseFloorDecibels: speech.floorDecibels, bandwidthHz: band.bandwidthHz, brickWallHz: band.brickWallHz,
            dcOffset: offset.mean, humDecibels: hum.finish(),
            digitalZeroShare: share(Int(runs.zeroSampleCount)), dropoutCount: dropouts.runs,
            dropoutShare: share(dropouts.samples))
    }

    private mutating func measure(isOnlyChannel: Bool) {
        scratch.withUnsafeBufferPointer { samples in
            offset.append(samples)
            levels.append(samples)
            if isOnlyChannel { channels[0].append(samples) } else { meanLoudness?.append(samples) }
            runs.append(samples)
            wada.append(samples)
            spectrum.append(samples)
            hum.append(samples)
        }
    }
}
