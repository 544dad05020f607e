import Acoustics
import AudioFiles
import Emotion

/// One audio file from bytes to numbers: decoded, brought to 16 kHz mono, measured. Needs no server and no database.
public struct Analyser: Sendable {
    /// Name and version, kept with every analysis. It rises whenever a result may change.
    public static let version = "fairvoice-\(FeatureSet.version).\(ExtendedFeatureSet.version).\(Print.version)"

    /// Frames that are decoded at a time.
    static let blockFrameCount = 16_384

    let limits: AudioLimits

    public init(limits: AudioLimits = .standard) { self.limits = limits }

    /// What one file holds.
    public struct Result: Sendable {
        public let format: AudioFormat
        public let channelCount: Int
        /// Whether the file ended before the data that its header promises.
        public let isTruncated: Bool
        public let quality: Quality
        public let features: ExtendedFeatureVector
        /// Nil where too little is said.
        public let print: Print?
    }

    /// Measures a file in one pass, whatever its length holding only a block of it in memory.
    public func analyse(path: String) throws(AudioFileError) -> Result { try analyse(path: path) { true }! }

    /// The same as long as it may go on, which is asked once the file is open and before every block is measured; nil where it was
    /// stopped.
    public func analyse(path: String, while mayGoOn: () -> Bool) throws(AudioFileError) -> Result? {
        let reader = try AudioFileReader(path: path, limits: limits)
        guard mayGoOn() else { return nil }
        var meter = QualityMeter(sampleRateHz: reader.sampleRateHz, fullScaleIsInteger: !reader.isFloat)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: FeatureExtractor.sampleRateHz)
        var extractor = FeatureExtractor(isExtended: true)
        var printer = PrintExtractor()
        var block: [Float] = []
        var resampled: [Float] = []
        while try reader.read(into: &block, frameCount: Self.blockFrameCount) > 0 {
            guard mayGoOn() else { return nil }
            meter.append(block)
            resampled.removeAll(keepingCapacity: true)
            resampler.process(block, into: &resampled)
            extractor.append(resampled)
            printer.append(resampled)
        }
        resampled.removeAll(keepingCapacity: true)
        resampler.flush(into: &resampled)
        extractor.append(resampled)
        printer.append(resampled)
        return Result(
            format: reader.format, channelCount: reader.channelCount, isTruncated: reader.isTruncated,
            quality: meter.finish(), features: extractor.finishExtended(), print: printer.finish())
    }
}
