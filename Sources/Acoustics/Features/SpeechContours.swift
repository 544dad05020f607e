import Foundation

/// What a picture shows of a recording, one value every 10 ms.
public struct SpeechContours: Sendable {
    public static let hopSeconds = Double(FrameGrid.hopSeconds)
    /// Where the first value of loudness lies, in seconds.
    public static let loudnessStartSeconds = Double(FrameGrid.shortLength) / 2 / Double(FeatureExtractor.sampleRateHz)
    /// Where the first value of pitch and formants lies, in seconds.
    public static let voicedStartSeconds = Double(FrameGrid.longLength) / 2 / Double(FeatureExtractor.sampleRateHz)

    public let durationSeconds: Double
    /// Hz; nil where there is no voice.
    public let f0Hz: [Float?]
    /// F1…F3 in Hz; nil where there are none.
    public let formantHz: [[Float?]]
    /// As in the feature set, smoothed.
    public let loudness: [Float]

    init(_ contours: RecordingContours) {
        durationSeconds = Double(contours.sampleCount) / Double(FeatureExtractor.sampleRateHz)
        f0Hz = Contour.smoothed(contours.voiced.f0Semitones).map { $0.isNaN ? nil : 27.5 * exp2($0 / 12) }
        formantHz = contours.voiced.formantHz.map { Contour.smoothed($0).map { $0.isNaN ? nil : $0 } }
        loudness = Contour.smoothed(contours.spectral.loudness).map { $0.isNaN ? 0 : $0 }
    }
}
