/// Mono samples of an audio file at its own rate, block by block. Several channels become one by their mean. What a header
/// claims is never believed: limits are held against what is decoded.
public final class AudioFileReader {
    private enum Source {
        case wav(WAVReader)
        case sndfile(SndfileReader)
    }

    public let format: AudioFormat
    public let sampleRateHz: Int
    public let channelCount: Int
    /// Whether samples may lie beyond full scale: floats, and what lossy coders make.
    public let isFloat: Bool
    /// Whether the file ended before the sound that its header promises, or broke off.
    public private(set) var isTruncated: Bool

    private let source: Source
    private var framesLeft: Int64
    private let limits: AudioLimits
    private var hasSound = false

    public init(path: String, limits: AudioLimits = .standard) throws(AudioFileError) {
        let file = try Descriptor(path: path)
        guard file.byteCount > 0 else { throw .empty }
        format = try AudioSniffer.format(of: try file.read(at: 0, count: AudioSniffer.byteCount))
        self.limits = limits
        if format == .wav {
            let reader = try WAVReader(file)
            (sampleRateHz, channelCount) = (reader.header.sampleRateHz, reader.header.channelCount)
            isFloat = reader.header.encoding == .float
            isTruncated = reader.header.isTruncated
            source = .wav(reader)
        } else {
            let reader = try SndfileReader(file, as: format)
            (sampleRateHz, channelCount) = (reader.sampleRateHz, reader.channelCount)
            isFloat = reader.isFloat
            isTruncated = false
            source = .sndfile(reader)
        }
        guard (limits.sampleRateHzMin...limits.sampleRateHzMax).contains(sampleRateHz) else {
            throw .unsupportedRate(sampleRateHz)
        }
        guard (1...limits.channelCountMax).contains(channelCount) else { throw .tooManyChannels(channelCount) }
        framesLeft = Int64(limits.secondsMax * Double(sampleRateHz))
    }

    /// Replaces the buffer's content by the next frames; 0 at the end. A file without any sound is an error.
    public func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int {
        buffer.removeAll(keepingCapacity: true)
        let count: Int
        switch source {
        case .wav(let reader): count = try reader.read(into: &buffer, frameCount: frameCount)
        case .sndfile(let reader):
            count = try reader.read(into: &buffer, frameCount: frameCount)
            if count < frameCount, reader.hasFailed { isTruncated = true }
        }
        framesLeft -= Int64(count)
        guard framesLeft >= 0 else { throw .tooLong(secondsMax: limits.secondsMax) }
        if count > 0 { hasSound = true }
        if count == 0, !hasSound { throw isTruncated ? .malformed("nothing of it can be decoded") : .empty }
        return count
    }
}
