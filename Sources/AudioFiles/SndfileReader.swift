import CSndfile

/// Samples of a file that libsndfile reads: FLAC, Ogg Vorbis, Ogg Opus, MP3, AIFF.
final class SndfileReader {
    let sampleRateHz: Int
    let channelCount: Int
    let isFloat: Bool
    private let handle: OpaquePointer
    private let file: Descriptor
    private var frames: [Float] = []

    /// Opens the file, which must be what its first bytes say.
    init(_ file: Descriptor, as format: AudioFormat) throws(AudioFileError) {
        var info = SF_INFO()
        guard let handle = sf_open_fd(file.number, Int32(SFM_READ), &info, 0) else {
            throw .malformed(String(cString: sf_strerror(nil)))
        }
        guard Self.formats(format).contains(Int32(info.format) & Int32(SF_FORMAT_TYPEMASK)) else {
            sf_close(handle)
            throw .malformed("it is not what its first bytes say")
        }
        sampleRateHz = Int(info.samplerate)
        channelCount = Int(info.channels)
        isFloat = format == .oggVorbis || format == .oggOpus || format == .mp3
        self.handle = handle
        self.file = file
    }

    deinit { sf_close(handle) }

    /// Reads up to so many frames and appends the mean of each frame's channels.
    func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int {
        let channelCount = channelCount
        if frames.count < frameCount * channelCount { frames = [Float](repeating: 0, count: frameCount * channelCount) }
        let got = Int(sf_readf_float(handle, &frames, sf_count_t(frameCount)))
        let scale = 1 / Float(channelCount)
        for frame in 0..<max(0, got) {
            var sum: Float = 0
            for channel in 0..<channelCount { sum += frames[frame * channelCount + channel] }
            let mean = sum * scale
            buffer.append(mean.isFinite ? mean : 0)
        }
        return max(0, got)
    }

    /// Whether the decoder stopped at an error.
    var hasFailed: Bool { sf_error(handle) != 0 }

    private static func formats(_ format: AudioFormat) -> [Int32] {
        switch format {
        case .wav: [Int32(SF_FORMAT_WAV)]
        case .flac: [Int32(SF_FORMAT_FLAC)]
        case .oggVorbis, .oggOpus: [Int32(SF_FORMAT_OGG)]
        case .mp3: [Int32(SF_FORMAT_MPEG)]
        case .aiff: [Int32(SF_FORMAT_AIFF)]
        }
    }
}
