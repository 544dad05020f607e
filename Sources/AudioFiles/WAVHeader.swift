/// The chunks of a RIFF, RIFX, RF64 or BW64 file up to its sound (EBU Tech 3306, ITU-R BS.2088). Whatever sizes they claim,
/// nothing outside the file is believed.
struct WAVHeader: Equatable {
    let format: WAVFormat
    let dataOffset: Int64
    /// Bytes of sound that are really there, whole frames.
    let dataByteCount: Int64
    /// Whether the header promises more than there is.
    let isTruncated: Bool

    /// Chunks that are looked at before a file is given up.
    private static let chunkCountMax = 4096

    init(_ file: FileBytes) throws(AudioFileError) {
        let riff = try file.read(at: 0, count: 12)
        guard riff.count == 12 else { throw .malformed("it ends within its header") }
        let isBigEndian = riff.starts(with: "RIFX".utf8)
        let is64Bit = !isBigEndian && !riff.starts(with: "RIFF".utf8)
        var format: WAVFormat?
        var longByteCount: Int64?
        var chunk = Chunk(offset: 12)
        for _ in 0..<Self.chunkCountMax {
            guard try chunk.read(file, isBigEndian) else { break }
            switch chunk.name {
            case "fmt ":
                let count = Int(min(chunk.byteCount, Int64(WAVFormat.byteCountMax)))
                format = try WAVFormat(try file.read(at: chunk.bodyOffset, count: count), isBigEndian: isBigEndian)
            case "ds64" where is64Bit: longByteCount = try Self.longByteCount(file, chunk)
            case "data":
                guard let format else { throw .malformed("its sound stands before its format") }
                let promised = try Self.promise(file, chunk, longByteCount, isBigEndian)
                self.init(format, chunk.bodyOffset, promised: promised, present: file.byteCount - chunk.bodyOffset)
                return
            default: break
            }
            try chunk.skip(file)
        }
        throw .malformed(format == nil ? "it has no format chunk" : "it has no sound")
    }

    private init(_ format: WAVFormat, _ offset: Int64, promised: Int64?, present: Int64) {
        self.format = format
        dataOffset = offset
        let byteCount = min(promised ?? present, present)
        dataByteCount = byteCount - byteCount % Int64(format.layout.frameByteCount)
        isTruncated = promised.map { $0 > present } ?? false
    }

    /// The length that the data chunk claims, in the chunk of sizes where it holds no more than 32 bits; nil where it was
    /// never known and the rest of the file is sound.
    private static func promise(
        _ file: FileBytes, _ chunk: Chunk, _ longByteCount: Int64?, _ isBigEndian: Bool
    ) throws(AudioFileError) -> Int64? {
        let claimed = chunk.byteCount == 0xFFFF_FFFF ? longByteCount : chunk.byteCount
        guard claimed == 0 else { return claimed }
        // A recorder that was switched off, or wrote into a pipe, leaves 0. But another chunk may follow an empty one.
        var next = Chunk(offset: chunk.bodyOffset)
        guard try next.read(file, isBigEndian) else { return nil }
        return next.name.utf8.allSatisfy(Chunk.isNameByte) && next.bodyOffset + next.byteCount <= file.byteCount ? 0 : nil
    }

    private static func longByteCount(_ file: FileBytes, _ chunk: Chunk) throws(AudioFileError) -> Int64 {
        let sizes = try file.read(at: chunk.bodyOffset, count: 16)
        guard sizes.count == 16 else { throw .malformed("its chunk of sizes is cut off") }
        return Int64(clamping: sizes[8...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// One chunk: a name of four letters, a length, that many bytes, and one more where the length is odd.
    private struct Chunk {
        var offset: Int64
        var name = ""
        var byteCount: Int64 = 0

        var bodyOffset: Int64 { offset + 8 }

        init(offset: Int64) { self.offset = offset }

        /// Reads name and length; false at the end of the file.
        mutating func read(_ file: FileBytes, _ isBigEndian: Bool) throws(AudioFileError) -> Bool {
            let head = try file.read(at: offset, count: 8)
            guard head.count == 8 else { return false }
            name = String(decoding: head[..<4], as: UTF8.self)
            byteCount = Int64(UInt32(bytes: head[4...], isBigEndian: isBigEndian))
            return true
        }

        /// Goes on to the next. Some writers forget the byte behind an odd length: then a name begins in its place.
        mutating func skip(_ file: FileBytes) throws(AudioFileError) {
            offset = bodyOffset + byteCount
            guard byteCount % 2 == 1 else { return }
            let next = try file.read(at: offset, count: 4)
            if next.count < 4 || !next.allSatisfy(Self.isNameByte) { offset += 1 }
        }

        static func isNameByte(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }
    }
}
