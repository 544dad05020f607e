/// Where the frames of an MP3 file begin: behind tags, and proved by headers in a row.
struct MPEGStream: Equatable {
    /// Where the first frame begins.
    let offset: Int64
    /// Samples of each channel that the first frame promises, before a coder's delay is taken off; nil where it does not
    /// count them.
    let promisedSampleCount: Int64?
    /// Whether frames don't say how long they are.
    let isFreeFormat: Bool

    /// Frames that must follow one another.
    private static let chainCount = 3
    /// How far behind the tags a first frame may begin: some coders write zeros before it.
    private static let searchByteCountMax = 65_536
    /// Tags before the sound.
    private static let tagCountMax = 8
    /// No frame is longer: MPEG-1 at 32 kHz with 640 kbit/s, the free format's end.
    private static let freeFrameByteCountMax = 2881

    /// Finds the first frame; refuses what has none, and layers I and II.
    static func find(in file: FileBytes) throws(AudioFileError) -> MPEGStream {
        let start = try offsetBehindTags(file)
        let bytes = try file.read(at: start, count: searchByteCountMax + chainCount * freeFrameByteCountMax)
        if let header = MPEGHeader(bytes.prefix(4)), header.layer != .three { throw MPEGHeader.refusal }
        for offset in 0..<min(bytes.count, searchByteCountMax) where bytes[offset] == 0xFF {
            guard let header = MPEGHeader(bytes[offset...].prefix(4)), isChain(bytes, from: offset, header) else { continue }
            return MPEGStream(
                offset: start + Int64(offset), promisedSampleCount: promise(bytes[offset...], header),
                isFreeFormat: header.byteCount == nil)
        }
        throw .unrecognised("no frames of MP3 follow one another in it")
    }

    /// Behind any tags of ID3v2 (id3.org, version 2.4.0 section 3.1).
    private static func offsetBehindTags(_ file: FileBytes) throws(AudioFileError) -> Int64 {
        var offset: Int64 = 0
        for _ in 0..<tagCountMax {
            let tag = try file.read(at: offset, count: 10)
            guard tag.count == 10, tag.starts(with: "ID3".utf8), tag[6...].allSatisfy({ $0 < 0x80 }) else { break }
            let hasFooter = tag[5] & 0x10 != 0
            offset += tag[6...].reduce(Int64(0)) { $0 << 7 | Int64($1) } + (hasFooter ? 20 : 10)
        }
        return offset
    }

    private static func isChain(_ bytes: [UInt8], from start: Int, _ header: MPEGHeader) -> Bool {
        guard header.layer == .three else { return false }
        var offset = start
        var byteCount = header.byteCount
        for found in 1..<chainCount {
            guard let length = byteCount ?? freeByteCount(bytes, offset, header) else { return false }
            offset += length
            // A file of a few frames may end where the next header would be.
            if offset == bytes.count, found > 1 { return true }
            guard offset < bytes.count, let next = MPEGHeader(bytes[offset...].prefix(4)), next.continues(header) else {
                return false
            }
            byteCount = next.byteCount
        }
        return true
    }

    /// The distance to the next header of the same free format.
    private static func freeByteCount(_ bytes: [UInt8], _ start: Int, _ header: MPEGHeader) -> Int? {
        let first = start + 4 + header.sideByteCount
        let end = min(bytes.count, start + freeFrameByteCountMax)
        guard first < end else { return nil }
        return (first..<end).first { offset in
            guard bytes[offset] == 0xFF, let next = MPEGHeader(bytes[offset...].prefix(4)) else { return false }
            return next.byteCount == nil && next.continues(header)
        }.map { $0 - start }
    }

    /// What coders of variable bit rate write into a silent first frame: a name, flags, the number of frames behind it.
    private static func promise(_ frame: ArraySlice<UInt8>, _ header: MPEGHeader) -> Int64? {
        let tag = Array(frame.dropFirst(4 + header.sideByteCount).prefix(12))
        guard tag.count == 12, tag.starts(with: "Xing".utf8) || tag.starts(with: "Info".utf8), tag[7] & 1 == 1 else {
            return nil
        }
        return Int64(UInt32(bytes: tag[8...], isBigEndian: true)) * Int64(header.sampleCount)
    }
}
