/// The four bytes before each frame of MPEG audio (ISO/IEC 11172-3 section 2.4.1.3; 13818-3 for the lower rates; MPEG-2.5
/// is an extension by Fraunhofer).
struct MPEGHeader: Equatable {
    enum Version { case one, two, twoAndHalf }
    enum Layer { case one, two, three }

    let version: Version
    let layer: Layer
    let sampleRateHz: Int
    let isMono: Bool
    /// Samples of each channel in a frame of layer III.
    let sampleCount: Int
    /// Length of the frame with its header; nil for the free format, where only the next header tells. Layer III only.
    let byteCount: Int?

    /// Layers I and II are refused: nobody records in them, and noise passes for layer I all too easily.
    static let refusal = AudioFileError.unsupported(
        format: "MPEG audio of layer I or II", instead: "MP3 (layer III), WAV or FLAC")

    /// Nil where the bytes are no possible header.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= 4 else { return nil }
        let word = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard word >> 21 == 0x7FF else { return nil }
        switch word >> 19 & 3 {
        case 0: version = .twoAndHalf
        case 2: version = .two
        case 3: version = .one
        default: return nil
        }
        switch word >> 17 & 3 {
        case 1: layer = .three
        case 2: layer = .two
        case 3: layer = .one
        default: return nil
        }
        let (rate, bitRate) = (Int(word >> 10 & 3), Int(word >> 12 & 15))
        guard rate < 3, bitRate < 15, word & 3 != 2 else { return nil }
        let divisor = version == .one ? 1 : version == .two ? 2 : 4
        sampleRateHz = [44_100, 48_000, 32_000][rate] / divisor
        isMono = word >> 6 & 3 == 3
        let kilobits = version == .one ? Self.kilobitsOfOne[bitRate] : Self.kilobitsOfTwo[bitRate]
        sampleCount = version == .one ? 1152 : 576
        byteCount = bitRate == 0 ? nil : sampleCount / 8 * kilobits * 1000 / sampleRateHz + Int(word >> 9 & 1)
    }

    /// Bytes of side information behind the header of layer III.
    var sideByteCount: Int { version == .one ? (isMono ? 17 : 32) : (isMono ? 9 : 17) }

    /// Whether another header may belong to the same stream.
    func continues(_ other: MPEGHeader) -> Bool {
        version == other.version && layer == other.layer && sampleRateHz == other.sampleRateHz
    }

    private static let kilobitsOfOne = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    private static let kilobitsOfTwo = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
}
