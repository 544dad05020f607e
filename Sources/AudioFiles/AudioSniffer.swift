/// Tells a format by its first bytes, never by its name: an allow-list, because headerless data has been taken for MPEG.
public enum AudioSniffer {
    /// Bytes that are looked at.
    public static let byteCount = 64

    /// The format of a file that begins with these bytes.
    public static func format(of bytes: [UInt8]) throws(AudioFileError) -> AudioFormat {
        func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
        if has("RIFF") || has("RIFX") || has("RF64"), has("WAVE", at: 8) { return .wav }
        if has("fLaC") { return .flac }
        if has("OggS") { return try ogg(bytes) }
        if has("FORM"), has("AIFF", at: 8) || has("AIFC", at: 8) { return .aiff }
        if has("ID3") { return .mp3 }
        if isMPEGLayer3(bytes) { return .mp3 }
        if has("ftyp", at: 4) { throw .unsupported("MP4 or M4A (AAC)") }
        if has("#!AMR") { throw .unsupported("AMR") }
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { throw .unsupported("WebM or Matroska") }
        if bytes.starts(with: [0x30, 0x26, 0xB2, 0x75]) { throw .unsupported("Windows Media") }
        if isADTS(bytes) { throw .unsupported("AAC") }
        if isMPEG(bytes) { throw .unsupported("MPEG layer I or II") }
        throw .unrecognised
    }

    private static func ogg(_ bytes: [UInt8]) throws(AudioFileError) -> AudioFormat {
        // The first page holds one packet: 27 bytes of header, one lacing value, the codec's own head.
        let packet = bytes.dropFirst(28)
        if packet.starts(with: "OpusHead".utf8) { return .oggOpus }
        if packet.starts(with: [1] + Array("vorbis".utf8)) { return .oggVorbis }
        throw .unsupported("Ogg with another codec than Vorbis or Opus")
    }

    private static func isMPEG(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 4 && bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x18 != 0x08 && bytes[1] & 0x06 != 0
    }

    /// A frame header of layer III with possible bit rate and sample rate (ISO/IEC 11172-3).
    private static func isMPEGLayer3(_ bytes: [UInt8]) -> Bool {
        isMPEG(bytes) && bytes[1] & 0x06 == 0x02 && bytes[2] & 0xF0 != 0xF0 && bytes[2] & 0x0C != 0x0C
    }

    private static func isADTS(_ bytes: [UInt8]) -> Bool { bytes.count >= 2 && bytes[0] == 0xFF && bytes[1] & 0xF6 == 0xF0 }
}
