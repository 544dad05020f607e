/// Samples of an audio file at its own rate, block by block: the mean of its channels, or each channel beside it.
///
/// What a header claims is never believed: limits are held against what is decoded. Memory does not grow with the sound; a
/// decoder is given no more than 16 MB of tags, pictures and packets in one place. Samples are finite; -1…1 is full scale,
/// which floats and lossy coders may exceed.
///
///     let reader = try AudioFileReader(path: path)
///     var block: [Float] = []
///     while try reader.read(into: &block, frameCount: 16_384) > 0 { use(block) }
public struct AudioFileReader: ~Copyable {
    /// Rises whenever the same file may give other samples.
    public static let version = 3

    public let format: AudioFormat
    /// Frames a second as the file has them, inside the limits.
    public var sampleRateHz: Int { source.shape.sampleRateHz }
    /// Channels before they became one.
    public var channelCount: Int { source.shape.channelCount }
    /// Bits a sample that count; nil for lossy formats.
    public var bitsPerSample: Int? { source.shape.bitsPerSample }
    /// Whether samples may lie beyond full scale: floats, and what lossy coders make.
    public var isFloat: Bool { source.shape.isFloat }
    /// Whether less was decoded than the file holds or promises: it was cut off, or broke in the middle. That it was cut off
    /// is known for WAV, AIFF and Ogg at once, all else once `read` has answered 0.
    public var isTruncated: Bool { source.isTruncated }

    private let source: any SampleSource
    private let progress: Progress
    private let limits: AudioLimits

    /// Opens the file and reads its header; nothing is decoded yet.
    public init(path: String, limits: AudioLimits = .standard) throws(AudioFileError) {
        let file = try FileBytes(path: path)
        guard file.byteCount > 0 else { throw .empty }
        let format = try AudioSniffer.format(of: try file.read(at: 0, count: AudioSniffer.byteCount))
        let source: any SampleSource = format == .wav ? try WAVReader(file) : try SndfileReader(file, format)
        try Self.check(source, limits)
        self.format = format
        self.source = source
        self.limits = limits
        progress = Progress(framesLeft: limits.frameCountMax(atHz: source.shape.sampleRateHz))
    }

    private static func check(_ source: some SampleSource, _ limits: AudioLimits) throws(AudioFileError) {
        let shape = source.shape
        guard limits.sampleRateHz.contains(shape.sampleRateHz) else {
            throw .unsupportedRate(shape.sampleRateHz, supportedHz: limits.sampleRateHz)
        }
        guard (1...limits.channelCountMax).contains(shape.channelCount) else {
            throw .tooManyChannels(shape.channelCount, channelCountMax: limits.channelCountMax)
        }
        guard source.frameCount ?? 0 <= limits.frameCountMax(atHz: shape.sampleRateHz) else {
            throw .tooLong(secondsMax: limits.secondsMax)
        }
    }

    /// Replaces the buffer's content by the means of the channels of the next frames and answers how many there are: fewer
    /// than asked for only at the end, 0 behind it. A file without any sound is an error.
    public func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int {
        try read(into: &buffer, frameCount: frameCount) { _ in }
    }

    /// The same with each channel beside the mean.
    public func read(into block: inout AudioBlock, frameCount: Int) throws(AudioFileError) -> Int {
        var channels = block.takeChannels(channelCount)
        let count = try read(into: &block.mean, frameCount: frameCount) { AudioBlock.split($0, into: &channels) }
        block.channels = channels
        return count
    }

    /// - Parameter split: is given the frames as they lie in the file, of several channels only.
    private func read(
        into buffer: inout [Float], frameCount: Int, _ split: ([Float]) -> Void
    ) throws(AudioFileError) -> Int {
        precondition(frameCount > 0, "A block holds at least one frame.")
        buffer.removeAll(keepingCapacity: true)
        while buffer.count < frameCount {
            let wanted = min(frameCount - buffer.count, Self.blockFrameCountMax)
            guard channelCount > 1 else {
                if try source.read(into: &buffer, frameCount: wanted) == 0 { break }
                continue
            }
            progress.interleaved.removeAll(keepingCapacity: true)
            if try source.read(into: &progress.interleaved, frameCount: wanted) == 0 { break }
            AudioBlock.appendMeans(of: progress.interleaved, channelCount: channelCount, to: &buffer)
            split(progress.interleaved)
        }
        progress.framesLeft -= Int64(buffer.count)
        guard progress.framesLeft >= 0 else { throw .tooLong(secondsMax: limits.secondsMax) }
        if !buffer.isEmpty { progress.hasSound = true }
        guard progress.hasSound else { throw isTruncated ? .malformed("nothing of its sound can be decoded") : .empty }
        return buffer.count
    }

    /// Frames that are decoded at a time, which bounds the memory for interleaved channels.
    private static let blockFrameCountMax = 16_384

    private final class Progress {
        var framesLeft: Int64
        var hasSound = false
        /// Frames of several channels as they lie in the file.
        var interleaved: [Float] = []

        init(framesLeft: Int64) { self.framesLeft = framesLeft }
    }
}
