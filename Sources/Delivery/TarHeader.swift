/// One 512-byte header of a POSIX ustar archive (IEEE 1003.1-2017, pax, "ustar Interchange Format").
enum TarHeader {
    static let blockByteCount = 512

    /// - Parameters:
    ///   - path: at most 100 ASCII bytes.
    ///   - byteCount: below 8 GiB.
    ///   - seconds: modification time since 1970.
    static func bytes(path: String, byteCount: Int64, seconds: Int64) -> [UInt8] {
        precondition(path.utf8.count <= 100 && byteCount < 1 << 33, "does not fit into a ustar header")
        var block = [UInt8](repeating: 0, count: blockByteCount)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
        }
        put(path, at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(byteCount, 11), at: 124)
        put(octal(seconds, 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        let checksum = block.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal(checksum, 6), at: 148)
        block[154] = 0
        return block
    }

    /// Zeros that fill the last block of a file.
    static func paddingByteCount(after byteCount: Int64) -> Int64 {
        (Int64(blockByteCount) - byteCount % Int64(blockByteCount)) % Int64(blockByteCount)
    }

    private static func octal(_ value: Int64, _ digits: Int) -> String {
        let text = String(max(0, value), radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
