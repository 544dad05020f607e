/// Whether an Ogg file was written to its end (RFC 3533 section 6): its last page is there, and says that it is the last.
enum OggEnd {
    /// No page is longer: a header with 255 lengths of 255 bytes each.
    private static let pageByteCountMax = 27 + 255 + 255 * 255
    /// Bytes behind the last page that may be zeros or tags of other programs.
    private static let toleratedByteCount = 65_536

    /// False for a file that was cut off, and for a stream that somebody stopped to record.
    static func isWhole(_ file: FileBytes) throws(AudioFileError) -> Bool {
        let start = max(0, file.byteCount - Int64(pageByteCountMax + toleratedByteCount))
        let bytes = try file.read(at: start, count: pageByteCountMax + toleratedByteCount)
        let mark = Array("OggS\0".utf8)
        guard bytes.count >= 27,
            let page = (0...bytes.count - 27).last(where: { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) })
        else { return false }
        let lengths = bytes[(page + 27)...].prefix(Int(bytes[page + 26]))
        let end = page + 27 + Int(bytes[page + 26]) + lengths.reduce(0) { $0 + Int($1) }
        return bytes[page + 5] & 4 != 0 && end <= bytes.count
    }
}
