import Foundation

/// Measures the values of a recording in one pass: append its samples in blocks of any size, then finish.
///
/// Memory grows with about 100 bytes for every 10 ms, with about 200 where the extended set is wanted. The values do not depend
/// on the sizes of the blocks.
public struct FeatureExtractor: Sendable {
    /// The one rate at which the values are defined: resample before.
    public static let sampleRateHz = 16000

    private var history: SampleHistory
    private var meanSquareSum: Double
    private var framesDone: Int

    private var shortTransform: FrameTransform
    private let shortWindow: [Float]
    private var shortPower: [Frames]
    private var spectral: SpectralMeter
    private let isExtended: Bool

    private var longTransform: FrameTransform
    private let longWindow: [Float]
    private var pitch: PitchTracker
    private var octaves: [Float]
    private var spectra: SpectrumRing
    private var voiced: VoicedMeter

    /// Extractors that have measured nothing: their copies share the tables.
    private static let plain = FeatureExtractor(keepsBands: false)
    private static let extended = FeatureExtractor(keepsBands: true)

    /// - Parameter isExtended: whether `finishExtended` will be asked for.
    public init(isExtended: Bool = false) { self = isExtended ? Self.extended : Self.plain }

    private init(keepsBands: Bool) {
        history = SampleHistory()
        meanSquareSum = 0
        framesDone = 0
        shortTransform = FrameTransform(length: FrameGrid.shortTransformLength)
        shortWindow = Window.hamming(FrameGrid.shortLength)
        shortPower = Array(repeating: .zero, count: FrameGrid.shortTransformLength / 2 + 1)
        spectral = SpectralMeter(keepsBands: keepsBands)
        isExtended = keepsBands
        longTransform = FrameTransform(length: FrameGrid.longTransformLength)
        longWindow = Window.gaussian(FrameGrid.longLength, deviation: 0.4)
        pitch = PitchTracker()
        octaves = []
        spectra = SpectrumRing()
        voiced = VoicedMeter()
    }

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        var rest = samples[...]
        while !rest.isEmpty {
            history.append(UnsafeBufferPointer(rebasing: rest.prefix(16384)))
            rest = rest.dropFirst(16384)
            while (framesDone + FrameGrid.batch - 1) * FrameGrid.hop + FrameGrid.longLength <= history.count {
                measure(shortFrames: FrameGrid.batch, longFrames: FrameGrid.batch)
            }
        }
    }

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: some Collection<Float>) {
        let isContiguous: Void? = samples.withContiguousStorageIfAvailable { append($0) }
        guard isContiguous == nil else { return }
        Array(samples).withUnsafeBufferPointer { append($0) }
    }

    /// The 88 values of all samples taken; the extractor is used up.
    public consuming func finish() -> FeatureVector { FeatureSummary(finishContours()).vector }

    /// The values of the extended set of all samples taken; the extractor is used up. It must have been made for it.
    public consuming func finishExtended() -> ExtendedFeatureVector {
        finishWithContours().features
    }

    /// The same, and the contours behind them for a picture.
    public consuming func finishWithContours() -> (features: ExtendedFeatureVector, contours: SpeechContours) {
        precondition(isExtended)
        let contours = finishContours()
        let summary = ExtendedSummary(FeatureSummary(contours), log2BandPower: contours.spectral.log2BandPower)
        return (summary.vector, SpeechContours(contours))
    }

    /// The pitch of every long frame in Hz, nil for unvoiced ones, instead of the values; the extractor is used up.
    package consuming func finishPitch() -> [Float?] {
        finishContours().voiced.f0Semitones.map { $0.isNaN ? nil : 27.5 * exp2($0 / 12) }
    }

    private mutating func finishContours() -> RecordingContours {
        let sampleCount = history.count
        let shortCount = FrameGrid.count(ofLength: FrameGrid.shortLength, in: sampleCount)
        let longCount = FrameGrid.count(ofLength: FrameGrid.longLength, in: sampleCount)
        let squareSum = meanSquareSum + squares(from: framesDone * FrameGrid.hop, to: sampleCount)
        history.appendZeros(FrameGrid.longLength + FrameGrid.batch * FrameGrid.hop)
        while framesDone < shortCount {
            let left = min(FrameGrid.batch, shortCount - framesDone)
            measure(shortFrames: left, longFrames: max(0, min(FrameGrid.batch, longCount - framesDone)))
        }
        pitch.finish(into: &octaves)
        decide()
        voiced.finish(history)
        return RecordingContours(
            spectral: spectral.contours, voiced: voiced.contours, sampleCount: sampleCount, squareSum: squareSum)
    }

    /// Measures the next eight frames.
    private mutating func measure(shortFrames: Int, longFrames: Int) {
        let first = framesDone * FrameGrid.hop
        let count = (FrameGrid.batch - 1) * FrameGrid.hop + FrameGrid.longLength
        history.withSamples(from: first, count: count) { samples in
            let start = samples.baseAddress!
            shortTransform.power(of: start, hop: FrameGrid.hop, window: shortWindow, into: &shortPower)
            let slot = spectra.append()
            longTransform.power(
                of: start, hop: FrameGrid.hop, window: longWindow, less: LongFrameMeans.of(start), into: &spectra.batches[slot])
            pitch.append(spectra.batches[slot], frames: longFrames, into: &octaves)
        }
        spectral.append(shortPower, frames: shortFrames)
        meanSquareSum += squares(from: first, to: first + FrameGrid.batch * FrameGrid.hop)
        framesDone += FrameGrid.batch
        decide()
        history.discard(before: min(voiced.firstSampleNeeded, framesDone * FrameGrid.hop))
    }

    /// Measures the voice of all frames whose pitch is known.
    private mutating func decide() {
        for octave in octaves {
            let frame = voiced.contours.count
            if !octave.isNaN { spectra.select(frame) }
            voiced.append(octave: octave, power: spectra.selected, history: history)
        }
        octaves.removeAll(keepingCapacity: true)
    }

    private func squares(from first: Int, to last: Int) -> Double {
        history.withSamples(from: first, count: last - first) { samples in
            samples.isEmpty ? 0 : InnerProduct.squares(samples.baseAddress!, count: samples.count)
        }
    }
}
