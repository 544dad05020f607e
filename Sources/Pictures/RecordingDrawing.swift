import Acoustics
import Foundation

/// A recording as a picture: waveform, spectrogram with formants, pitch, loudness, what a model hears, and how good it is.
///
/// Append its samples in blocks of any size, then finish. Memory grows with 15 kB for a second of speech. The picture is
/// one SVG document (W3C, SVG 2) without scripts or references to other files; it follows the reader's light or dark.
public struct RecordingDrawing: Sendable {
    /// A bar of the model's distribution.
    public struct Score: Sendable {
        public var label: String
        /// From 0 to 1.
        public var probability: Double

        public init(label: String, probability: Double) {
            self.label = label
            self.probability = probability
        }
    }

    /// A measure of quality as text.
    public struct Fact: Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    private var extractor = FeatureExtractor(isExtended: true)
    private var spectrogram = Spectrogram()
    private var waveform = Waveform()

    public init() {}

    /// Takes the next samples: mono, 16 kHz, -1…1.
    public mutating func append(_ samples: [Float]) {
        extractor.append(samples)
        spectrogram.append(samples)
        waveform.append(samples)
    }

    /// The features, and the picture once it is known what else it says.
    public mutating func finish() -> (features: ExtendedFeatureVector, picture: RecordingPicture) {
        spectrogram.finish()
        let (features, contours) = extractor.finishWithContours()
        let picture = RecordingPicture(contours: contours, spectrogram: spectrogram, waveform: waveform)
        self = RecordingDrawing()
        return (features, picture)
    }
}
