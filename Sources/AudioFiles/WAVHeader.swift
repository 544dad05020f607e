/// What the chunks of a RIFF, RIFX or RF64 file say (Microsoft multimedia standards update 1994; EBU Tech 3306).
struct WAVHeader: Equatable {
    enum Encoding: Equatable { case unsignedByte, integer, float }

    var encoding: Encoding
    var sampleRateHz: Int
    var channelCount: Int
    /// Bits that count; the container of a sample is `blockAlign / channelCount` bytes.
    var bitsPerSample: Int
    var bytesPerSample: Int
    var isBigEndian: Bool
    var dataOffset: Int64
    /// Bytes of sound that are really there.
    var dataByteCount: Int64
    /// Whether the header promises more than there is.
    var isTruncated: Bool

    var bytesPerFrame: Int { bytesPerSample * channelCount }

    /// Chunks that are looked at before a file is given up.
    private static let chunkCountMax = 1000

    static func read(from file: Descriptor) throws(AudioFileError) -> WAVHeader {
        let riff = try file.read(at: 0, count: 12)
        guard riff.count == 12 else { throw .malformed("it ends within its header") }
        let isBigEndian = riff[3] == UInt8(ascii: "X")
        let is64Bit = riff.starts(with: "RF64".utf8)
        var offset: Int64 = 12
        var format: WAVHeader?
        var longDataByteCount: UInt64?
        for _ in 0..<chunkCountMax {
            let head = try file.read(at: offset, count: 8)
            guard head.count == 8 else { break }
            let size = Int64(number(head, 4, 4, isBigEndian))
            let body = offset + 8
            switch String(decoding: head[0..<4], as: UTF8.self) {
            case "fmt ":
                format = try parseFormat(try file.read(at: body, count: Int(min(size, 40))), isBigEndian)
            case "ds64" where is64Bit:
                let sizes = try file.read(at: body, count: 16)
                guard sizes.count == 16 else { throw .malformed("its ds64 chunk is cut off") }
                longDataByteCount = number(sizes, 8, 8, false)
            case "data":
                guard var header = format else { throw .malformed("its data stands before its format") }
                let isLong = is64Bit && size == 0xFFFF_FFFF
                let promised = isLong ? Int64(clamping: longDataByteCount ?? 0) : size
                let present = max(0, file.byteCount - body)
                header.dataOffset = body
                header.dataByteCount = min(promised, present)
                // Streams that never knew their length write 0 or all ones; then the rest of the file is sound.
                if !is64Bit, size == 0xFFFF_FFFF || size == 0 && present > 0 && isAtEnd(file, body) {
                    header.dataByteCount = present
                } else {
                    header.isTruncated = promised > present
                }
                return header
            default: break
            }
            offset = body + size + size & 1
            guard offset < file.byteCount else { break }
        }
        throw .malformed(format == nil ? "it has no format chunk" : "it has no data chunk")
    }

    /// Whether nothing that looks like a chunk stands at the offset.
    private static func isAtEnd(_ file: Descriptor, _ offset: Int64) -> Bool {
        guard let head = try? file.read(at: offset, count: 4), head.count == 4 else { return false }
        return !head.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func parseFormat(_ bytes: [UInt8], _ isBigEndian: Bool) throws(AudioFileError) -> WAVHeader {
        guard bytes.count >= 16 else { throw .malformed("its format chunk is too short") }
        func field(_ offset: Int, _ count: Int) -> Int { Int(number(bytes, offset, count, isBigEndian)) }
        var tag = field(0, 2)
        if tag == 0xFFFE {
            guard bytes.count >= 26 else { throw .malformed("its extensible format is cut off") }
            tag = field(24, isBigEndian ? 4 : 2)
        }
        let channelCount = field(2, 2)
        let blockAlign = field(12, 2)
        let bits = field(14, 2)
        guard channelCount > 0, blockAlign > 0, blockAlign % channelCount == 0 else {
            throw .malformed("its format contradicts itself")
        }
        let bytesPerSample = blockAlign / channelCount
        let encoding: Encoding
        switch (tag, bytesPerSample) {
        case (1, 1): encoding = .unsignedByte
        case (1, 2...8): encoding = .integer
        case (3, 4), (3, 8): encoding = .float
        case (1, _), (3, _): throw .malformed("samples of \(bytesPerSample) bytes do not exist")
        default: throw .unsupported("WAV with codec \(tag)")
        }
        guard bits > 0, bits <= bytesPerSample * 8 else {
            throw .malformed("\(bits) bits do not fit into \(bytesPerSample) bytes")
        }
        return WAVHeader(
            encoding: encoding, sampleRateHz: field(4, 4), channelCount: channelCount, bitsPerSample: bits,
            bytesPerSample: bytesPerSample, isBigEndian: isBigEndian, dataOffset: 0, dataByteCount: 0, isTruncated: false)
    }

    static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int, _ isBigEndian: Bool) -> UInt64 {
        let field = bytes[offset..<offset + count]
        return isBigEndian ? field.reduce(0) { $0 << 8 | UInt64($1) } : field.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
