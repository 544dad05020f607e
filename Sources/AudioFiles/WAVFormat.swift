/// What the `fmt ` chunk of a WAV file says (Microsoft, New Multimedia Data Types and Data Techniques, 1994; and
/// WAVEFORMATEXTENSIBLE).
struct WAVFormat: Equatable {
    let sampleRateHz: Int
    /// Bits that count.
    let bitsPerSample: Int
    let layout: SampleLayout

    /// Bytes of the chunk that are looked at.
    static let byteCountMax = 40

    private static let (pcm, float, extensible) = (0x0001, 0x0003, 0xFFFE)
    /// The last eight bytes in the identifier of a subformat; the first four are a tag.
    private static let subformatTail: [UInt8] = [0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    private static let names = [
        0x0002: "ADPCM", 0x0006: "A-law", 0x0007: "µ-law", 0x0011: "ADPCM", 0x0031: "GSM", 0x0055: "MP3", 0x00FF: "AAC",
    ]

    init(_ chunk: [UInt8], isBigEndian: Bool) throws(AudioFileError) {
        guard chunk.count >= 16 else { throw .malformed("its format chunk is too short") }
        func field(_ offset: Int, _ count: Int) -> Int {
            Int(UInt32(bytes: chunk[offset..<offset + count], isBigEndian: isBigEndian))
        }
        let channelCount = field(2, 2)
        let bits = field(14, 2)
        guard channelCount > 0, bits > 0 else { throw .malformed("it has no channels or no bits") }
        let tag = field(0, 2) == Self.extensible ? try Self.subformat(chunk, isBigEndian) : field(0, 2)
        // Some writers leave the frame's length wrong; then the bits decide.
        let isConsistent = field(12, 2) % channelCount == 0 && field(12, 2) / channelCount * 8 >= bits
        let byteCount = isConsistent ? field(12, 2) / channelCount : (bits + 7) / 8
        layout = SampleLayout(
            encoding: try Self.encoding(tag, byteCount, bits), isBigEndian: isBigEndian, channelCount: channelCount)
        sampleRateHz = field(4, 4)
        let validBits = field(0, 2) == Self.extensible ? field(18, 2) : 0
        bitsPerSample = (1...bits).contains(validBits) ? validBits : bits
    }

    private static func subformat(_ chunk: [UInt8], _ isBigEndian: Bool) throws(AudioFileError) -> Int {
        guard chunk.count >= byteCountMax else { throw .malformed("its extensible format is cut off") }
        guard Array(chunk[32..<40]) == subformatTail else {
            throw .unsupported(format: "WAV with an unknown coder", instead: "WAV with PCM, FLAC or MP3")
        }
        return Int(UInt32(bytes: chunk[24..<28], isBigEndian: isBigEndian))
    }

    private static func encoding(
        _ tag: Int, _ byteCount: Int, _ bits: Int
    ) throws(AudioFileError) -> SampleLayout.Encoding {
        switch (tag, byteCount) {
        // The standard has the upper bits count. But writers that leave the format plain put 24 bits into the lower three
        // of four bytes; those that keep to the standard say 32 bits, and 24 in the extension.
        case (pcm, 4) where bits == 24: return .low24
        case (pcm, 1): return .unsignedByte
        case (pcm, 2...8): return .integer(byteCount: byteCount)
        case (float, 4): return .float
        case (float, 8): return .double
        case (pcm, _), (float, _): throw .malformed("samples of \(byteCount) bytes do not exist")
        default: throw .unsupported(format: "WAV with \(names[tag] ?? "coder \(tag)")", instead: "WAV with PCM, FLAC or MP3")
        }
    }
}

extension UInt32 {
    /// Up to four bytes in either order.
    init(bytes: some BidirectionalCollection<UInt8>, isBigEndian: Bool) {
        self =
            isBigEndian
            ? bytes.reduce(0) { $0 << 8 | UInt32($1) } : bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
