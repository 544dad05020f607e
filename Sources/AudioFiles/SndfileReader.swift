import CSndfile

/// Samples of a file that libsndfile decodes: FLAC, Ogg Vorbis, Ogg Opus, MP3, AIFF.
///
/// The decoder is given bytes, no name, so that only content decides; and what it says that they are must be what the
/// sniffer found. The claimed length is used for one thing: to tell that a file broke off. For MP3 the
/// decoder would guess a length and stop there, so the end is hidden from it; the free format it finds only by the end.
final class SndfileReader: SampleSource {
    let shape: SampleShape
    /// Never believed.
    var frameCount: Int64? { nil }
    private(set) var isTruncated: Bool

    private let handle: OpaquePointer
    private let input: DecoderInput
    private let format: AudioFormat
    private let promisedFrameCount: Int64?
    private var framesRead: Int64 = 0
    private var interleaved: [Float] = []

    /// Half a frame of MPEG-1.
    private static let mp3BlockFrameCount = 576
    /// Frames that a decoder may rightly swallow at both ends of an MP3: the coder's delay and padding.
    private static let toleratedFrameCount: Int64 = 2 * 2304
    /// Bytes behind the sound that may be tags, and the share of the file beyond which they are not.
    private static let toleratedByteCount: Int64 = 8192
    private static let toleratedShare: Int64 = 8

    /// Opens a file whose first bytes are of the format.
    init(_ file: FileBytes, _ format: AudioFormat) throws(AudioFileError) {
        let stream = format == .mp3 ? try MPEGStream.find(in: file) : nil
        try Self.refuseUnusual(file, format)
        let soundlessByteCountMax = Self.soundlessByteCountMax(format)
        if format == .oggVorbis { try VorbisSetup.check(file, byteCountMax: soundlessByteCountMax) }
        input = DecoderInput(
            file, from: stream?.offset ?? 0, hidesEnd: stream?.isFreeFormat == false,
            soundlessByteCountMax: soundlessByteCountMax)
        var info = SF_INFO()
        var callbacks = DecoderInput.callbacks
        let opened = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(input).toOpaque())
        if let failure = input.failure ?? (input.isExhausted ? input.refusal : nil) {
            if let opened { sf_close(opened) }
            throw failure
        }
        guard let opened else { throw .malformed("its header can't be read") }
        guard let shape = Self.shape(info, format) else {
            sf_close(opened)
            throw Self.mismatch(info, format)
        }
        handle = opened
        self.shape = shape
        self.format = format
        let claimed = info.frames > 0 && info.frames < sf_count_t.max ? Int64(info.frames) : nil
        promisedFrameCount = format == .mp3 ? stream?.promisedSampleCount.map { $0 - Self.toleratedFrameCount } : claimed
        switch format {
        case .aiff: isTruncated = try Self.isCutOff(aiff: file)
        case .oggVorbis, .oggOpus: isTruncated = try !OggEnd.isWhole(file)
        default: isTruncated = false
        }
    }

    deinit { sf_close(handle) }

    func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int {
        // At an error the decoder of MP3 throws away what it had of a block.
        let frameCount = format == .mp3 ? min(frameCount, Self.mp3BlockFrameCount) : frameCount
        let channelCount = shape.channelCount
        if interleaved.count < frameCount * channelCount {
            interleaved = [Float](repeating: 0, count: frameCount * channelCount)
        }
        let count = max(0, Int(sf_readf_float(handle, &interleaved, sf_count_t(frameCount))))
        if let failure = input.failure { throw failure }
        buffer.append(contentsOf: interleaved[..<(count * channelCount)].lazy.map { $0.isFinite ? $0 : 0 })
        framesRead += Int64(count)
        if count > 0 { input.renewAllowance() }
        if input.isExhausted, framesRead == 0 { throw input.refusal }
        // The next call forgets an error.
        if count < frameCount { isTruncated = isTruncated || brokeOff }
        return count
    }

    /// Whether the decoder stopped before the promised end, at an error, at more bytes than it may read, or (where it says
    /// nothing, as at a change of channels) long before the end of the bytes. MP3 often ends in half a frame, which is no loss.
    private var brokeOff: Bool {
        if input.isExhausted { return true }
        if let promisedFrameCount, framesRead < promisedFrameCount { return true }
        if sf_error(handle) != Int32(SF_ERR_NO_ERROR), format != .mp3 { return true }
        let bytesLeft = input.byteCount - input.position
        return format != .aiff && bytesLeft > max(Self.toleratedByteCount, input.byteCount / Self.toleratedShare)
    }
}

extension SndfileReader {
    /// What the decoder says that the file is; nil where that is not what was sniffed, or coded in another way than listed.
    private static func shape(_ info: SF_INFO, _ format: AudioFormat) -> SampleShape? {
        let container = Int(info.format) & Int(SF_FORMAT_TYPEMASK)
        let coding = Int(info.format) & Int(SF_FORMAT_SUBMASK)
        func shape(_ bits: Int?, isFloat: Bool) -> SampleShape {
            SampleShape(
                sampleRateHz: Int(info.samplerate), channelCount: Int(info.channels), bitsPerSample: bits, isFloat: isFloat)
        }
        switch (format, container, coding) {
        case (.oggVorbis, SF_FORMAT_OGG, SF_FORMAT_VORBIS), (.oggOpus, SF_FORMAT_OGG, SF_FORMAT_OPUS),
            (.mp3, SF_FORMAT_MPEG, SF_FORMAT_MPEG_LAYER_III):
            return shape(nil, isFloat: true)
        case (.aiff, SF_FORMAT_AIFF, SF_FORMAT_FLOAT): return shape(32, isFloat: true)
        case (.aiff, SF_FORMAT_AIFF, SF_FORMAT_DOUBLE): return shape(64, isFloat: true)
        case (.flac, SF_FORMAT_FLAC, _), (.aiff, SF_FORMAT_AIFF, _):
            return bits(coding).map { shape($0, isFloat: false) }
        default: return nil
        }
    }

    private static func bits(_ coding: Int) -> Int? {
        switch coding {
        case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8: 8
        case SF_FORMAT_PCM_16: 16
        case SF_FORMAT_PCM_24: 24
        case SF_FORMAT_PCM_32: 32
        default: nil
        }
    }

    private static func mismatch(_ info: SF_INFO, _ format: AudioFormat) -> AudioFileError {
        let container = Int(info.format) & Int(SF_FORMAT_TYPEMASK)
        if format == .mp3, container == SF_FORMAT_MPEG { return MPEGHeader.refusal }
        if format == .aiff, container == SF_FORMAT_AIFF {
            return .unsupported(format: "AIFF with compressed sound", instead: "uncompressed AIFF, WAV or FLAC")
        }
        return .malformed("its content is not what its first bytes say")
    }

    /// Decoders hold tags, pictures and packets whole, whatever their length, and up to three times over; that of Vorbis
    /// takes another forty bytes for each comment, which may be four bytes long.
    private static func soundlessByteCountMax(_ format: AudioFormat) -> Int64 { (format == .oggVorbis ? 4 : 16) << 20 }

    /// FLAC of other than 8, 16 or 24 bits is sound, but the decoder can't read it (RFC 9639 section 8.2).
    private static func refuseUnusual(_ file: FileBytes, _ format: AudioFormat) throws(AudioFileError) {
        guard format == .flac else { return }
        let head = try file.read(at: 0, count: 22)
        guard head.count == 22, head[4] & 0x7F == 0 else { return }
        let bits = (Int(head[20] & 1) << 4 | Int(head[21]) >> 4) + 1
        guard [8, 16, 24].contains(bits) else {
            throw .unsupported(format: "FLAC of \(bits) bits", instead: "FLAC of 16 or 24 bits, or WAV")
        }
    }

    /// Whether the outermost chunk promises more bytes than there are; the decoder would not say.
    private static func isCutOff(aiff file: FileBytes) throws(AudioFileError) -> Bool {
        let head = try file.read(at: 0, count: 8)
        guard head.count == 8 else { return true }
        return head[4...].reduce(Int64(0)) { $0 << 8 | Int64($1) } + 8 > file.byteCount
    }
}
