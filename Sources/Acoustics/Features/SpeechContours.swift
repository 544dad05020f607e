import Foundation

/// The contours of a recording, one value every 10 ms, each smoothed as in the feature set and nil where there is no value. Those
/// that are computed properties are smoothed when they are asked for: keep what is needed more than once.
public struct SpeechContours: Sendable {
    public static let hopSeconds = Double(FrameGrid.hopSeconds)
    /// Where the first value of loudness and of the other spectral contours lies (the middle of 20 ms), in seconds.
    public static let loudnessStartSeconds = Double(FrameGrid.shortLength) / 2 / Double(FeatureExtractor.sampleRateHz)
    /// Where the first value of pitch, formants and the other contours of the voice lies (the middle of 60 ms), in seconds.
    public static let voicedStartSeconds = Double(FrameGrid.longLength) / 2 / Double(FeatureExtractor.sampleRateHz)

    /// Between which pitch is looked for, in Hz; it may seem to lie a 96th of an octave beyond.
    public static let pitchRangeHz = SubharmonicSummation.lowestHz...SubharmonicSummation.highestHz

    public let durationSeconds: Double
    /// Hz; nil where there is no voice.
    public let f0Hz: [Float?]
    /// F1…F3 in Hz; nil where there are none.
    public let formantHz: [[Float?]]
    /// As in the feature set, smoothed.
    public let loudness: [Float]

    /// Without the mel bands, which no contour needs.
    let contours: RecordingContours

    init(_ contours: RecordingContours) {
        durationSeconds = Double(contours.sampleCount) / Double(FeatureExtractor.sampleRateHz)
        f0Hz = Contour.smoothed(contours.voiced.f0Semitones).map { $0.isNaN ? nil : 27.5 * exp2($0 / 12) }
        formantHz = contours.voiced.formantHz.map { Contour.smoothed($0).map { $0.isNaN ? nil : $0 } }
        loudness = Contour.smoothed(contours.spectral.loudness).map { $0.isNaN ? 0 : $0 }
        var spectral = contours.spectral
        spectral.log2BandPower = []
        self.contours = RecordingContours(
            spectral: spectral, voiced: contours.voiced, sampleCount: contours.sampleCount, squareSum: contours.squareSum)
    }
}
