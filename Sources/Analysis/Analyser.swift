import Acoustics
import AudioFiles
import Domain
import Emotion

/// One audio file from bytes to numbers: decoded, brought to 16 kHz mono, measured. Needs no server and no database.
public struct Analyser: Sendable {
    /// Name and version, kept with every analysis: of both feature sets, the print, the quality, the readers of files, the
    /// resampling and the canonical hash. One of them rises whenever a result may change.
    public static let version = "fairvoice-" + versions.map(String.init).joined(separator: ".")

    private static let versions = [
        FeatureSet.version, ExtendedFeatureSet.version, Int(Print.version), Quality.version, AudioFileReader.version,
        Resampler.version, Int(CanonicalHasher.version),
    ]

    /// By how much memory grows for each second of a recording at most, whatever its rate and channels: contours of 10 ms
    /// (about 20 kB for features, less than 1 kB for quality), twice where an array grows, and what is made of them at the
    /// end. With the longest recording of `AudioLimits` it is what a worker may need.
    public static let byteCountPerSecondMax = 64_000

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
        /// Of its canonical samples; nil where there is no sound.
        public let canonicalHash: CanonicalHash?
    }

    /// Measures a file in one pass, holding a block of its samples and `byteCountPerSecondMax` for each of its seconds.
    public func analyse(path: String) throws(AudioFileError) -> Result { try analyse(path: path) { true }! }

    /// The same as long as it may go on, which is asked once the file is open and before every block is measured; nil where it was
    /// stopped.
    public func analyse(path: String, while mayGoOn: () -> Bool) throws(AudioFileError) -> Result? {
        let reader = try AudioFileReader(path: path, limits: limits)
        guard mayGoOn() else { return nil }
        var meter = QualityMeter(
            sampleRateHz: reader.sampleRateHz, channelCount: reader.channelCount, fullScaleIsInteger: !reader.isFloat)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: FeatureExtractor.sampleRateHz)
        var extractor = FeatureExtractor(isExtended: true)
        var printer = PrintExtractor()
        var hasher = CanonicalHasher()
        var block = AudioBlock()
        var resampled: [Float] = []
        while try reader.read(into: &block, frameCount: Self.blockFrameCount) > 0 {
            guard mayGoOn() else { return nil }
            meter.append(mean: block.mean, channels: block.channels)
            resampled.removeAll(keepingCapacity: true)
            resampler.process(block.mean, into: &resampled)
            extractor.append(resampled)
            printer.append(resampled)
            hasher.append(resampled)
        }
        resampled.removeAll(keepingCapacity: true)
        resampler.flush(into: &resampled)
        extractor.append(resampled)
        printer.append(resampled)
        hasher.append(resampled)
        return Result(
            format: reader.format, channelCount: reader.channelCount, isTruncated: reader.isTruncated,
            quality: meter.finish(), features: extractor.finishExtended(), print: printer.finish(),
            canonicalHash: hasher.finish())
    }
}
