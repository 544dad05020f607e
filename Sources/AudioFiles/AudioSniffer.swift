/// Tells a format by its first bytes, never by its name. An allow-list: headerless data has been taken for MPEG audio of
/// many times its length.
public enum AudioSniffer {
    /// First bytes of a file that are worth looking at.
    public static let byteCount = 4096

    /// The format of a file that begins with these bytes.
    ///
    /// For `.mp3` it is a candidate only: a tag may be longer than these bytes, and the frames behind it are proved when
    /// the file is opened.
    public static func format(of bytes: [UInt8]) throws(AudioFileError) -> AudioFormat {
        func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
        if has("WAVE", at: 8), has("RIFF") || has("RIFX") || has("RF64") || has("BW64") { return .wav }
        if has("fLaC") { return .flac }
        if has("OggS") { return try ogg(bytes) }
        if has("FORM"), has("AIFF", at: 8) || has("AIFC", at: 8) { return .aiff }
        if let refused = RefusedFormat.all.first(where: { bytes.dropFirst($0.offset).starts(with: $0.magic) }) {
            throw refused.error
        }
        if has("ID3") || bytes.first == 0 { return .mp3 }
        if let header = MPEGHeader(bytes.prefix(4)) {
            guard header.layer == .three else { throw MPEGHeader.refusal }
            return .mp3
        }
        if isADTS(bytes) { throw .unsupported(format: "AAC", instead: "WAV or MP3") }
        throw .unrecognised("its first bytes are those of no audio format")
    }

    /// The first page of a logical stream holds one packet, the codec's head (RFC 3533 section 6, RFC 7845 section 3).
    private static func ogg(_ bytes: [UInt8]) throws(AudioFileError) -> AudioFormat {
        guard bytes.count > 27 else { throw .malformed("it ends within its header") }
        let packet = bytes.dropFirst(27 + Int(bytes[26]))
        if packet.starts(with: "OpusHead".utf8) { return .oggOpus }
        if packet.starts(with: [1] + "vorbis".utf8) { return .oggVorbis }
        throw .unsupported(format: "Ogg with another coder than Vorbis or Opus", instead: "Ogg Opus or WAV")
    }

    /// Two frames of ADTS in a row (ISO/IEC 13818-7 section 6.2): its sync word alone is FLAC's too.
    private static func isADTS(_ bytes: [UInt8]) -> Bool {
        func isSync(_ offset: Int) -> Bool {
            offset + 6 < bytes.count && bytes[offset] == 0xFF && bytes[offset + 1] & 0xF6 == 0xF0
        }
        guard isSync(0) else { return false }
        let frameByteCount = Int(bytes[3] & 3) << 11 | Int(bytes[4]) << 3 | Int(bytes[5]) >> 5
        return frameByteCount >= 7 && isSync(frameByteCount)
    }
}
