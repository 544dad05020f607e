import Acoustics
import AudioFiles
import Emotion
import Foundation
import Pictures

extension Analyser {
    /// Seconds of a recording that are drawn; what comes after is left out, and said to be. Its quality is that of the whole.
    public static let pictureSecondsMax = 600.0

    /// Draws a file as an SVG document: in one pass, with the memory of `RecordingDrawing`.
    ///
    /// - Parameters:
    ///   - title: what stands over it.
    ///   - emotion: what a model hears in these features; nil for no scores.
    public func picture(
        of path: String, title: String, emotion: (ExtendedFeatureVector) -> HeardEmotion?
    ) throws(AudioFileError) -> String {
        let reader = try AudioFileReader(path: path, limits: limits)
        var meter = QualityMeter(
            sampleRateHz: reader.sampleRateHz, channelCount: reader.channelCount, fullScaleIsInteger: !reader.isFloat)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: FeatureExtractor.sampleRateHz)
        var drawing = RecordingDrawing()
        var block = AudioBlock()
        var resampled: [Float] = []
        var framesLeft = Int(Self.pictureSecondsMax * Double(reader.sampleRateHz))
        var isWhole = true
        while try reader.read(into: &block, frameCount: Self.blockFrameCount(framesLeft)) > 0 {
            meter.append(mean: block.mean, channels: block.channels)
            guard framesLeft > 0 else {
                isWhole = false
                continue
            }
            framesLeft -= block.mean.count
            resampled.removeAll(keepingCapacity: true)
            resampler.process(block.mean, into: &resampled)
            drawing.append(resampled)
        }
        resampled.removeAll(keepingCapacity: true)
        resampler.flush(into: &resampled)
        drawing.append(resampled)
        let (features, picture) = drawing.finish()
        let heard = emotion(features)
        let quality = meter.finish()
        return picture.svg(
            title: isWhole ? title : "\(title) (the first \(Int(Self.pictureSecondsMax / 60)) minutes)",
            wholeSeconds: isWhole ? nil : quality.durationSeconds, scores: heard?.scores ?? [], verdict: heard?.verdict,
            facts: quality.facts)
    }

    /// A block never lies across the end of what is drawn.
    private static func blockFrameCount(_ framesLeft: Int) -> Int {
        framesLeft > 0 ? min(framesLeft, blockFrameCount) : blockFrameCount
    }
}

extension Quality {
    /// The measures that a picture shows.
    fileprivate var facts: [RecordingDrawing.Fact] {
        [
            ("Duration", String(format: "%.2f s", durationSeconds)), ("Sample rate", "\(sampleRateHz) Hz"),
            ("Signal to noise", Self.text(snrDecibels, "%.1f dB")), ("Loudness", Self.text(loudnessLUFS, "%.1f LUFS")),
            ("True peak", Self.text(truePeakDecibels, "%.1f dBTP")), ("Noise floor", Self.text(noiseFloorDecibels, "%.1f dB")),
            ("Speech share", Self.text(speechShare.map { 100 * $0 }, "%.0f %%")),
            ("Clipped", String(format: "%.2f %%", 100 * clippedShare)),
            ("Bandwidth", Self.text(bandwidthHz, "%.0f Hz")), ("Breaks off at", Self.text(brickWallHz, "%.0f Hz")),
        ].map { .init(name: $0.0, value: $0.1) }
    }

    private static func text(_ value: Double?, _ format: String) -> String {
        value.map { String(format: format, $0) } ?? "–"
    }
}
