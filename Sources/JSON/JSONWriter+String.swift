extension JSONWriter {
    /// Escapes what must be escaped and nothing else (RFC 8785 section 3.2.2.2), between quotation marks.
    public mutating func write(quoted text: String) {
        // Lent where it can be: to copy a text counts its references.
        guard text.utf8.withContiguousStorageIfAvailable({ write(quoted: $0) }) == nil else { return }
        var text = text
        text.withUTF8 { write(quoted: $0) }
    }

    private mutating func write(quoted utf8: UnsafeBufferPointer<UInt8>) {
        if Self.needsNoEscapes(utf8) { writePlain(utf8) } else { writeEscaping(utf8) }
    }

    private mutating func writePlain(_ utf8: UnsafeBufferPointer<UInt8>) {
        buffer.append(upTo: utf8.count + 2) { room in
            room[0] = UInt8(ascii: "\"")
            if let start = utf8.baseAddress { (room + 1).update(from: start, count: utf8.count) }
            room[utf8.count + 1] = UInt8(ascii: "\"")
            return utf8.count + 2
        }
    }

    private mutating func writeEscaping(_ utf8: UnsafeBufferPointer<UInt8>) {
        buffer.append(UInt8(ascii: "\""))
        var start = 0
        for position in utf8.indices where Self.isEscaped(utf8[position]) {
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<position]))
            escape(utf8[position])
            start = position + 1
        }
        buffer.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        buffer.append(UInt8(ascii: "\""))
    }

    /// Looks at eight bytes at a time, which is what most texts consist of.
    private static func needsNoEscapes(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard utf8.count >= 8, let start = UnsafeRawPointer(utf8.baseAddress) else {
            return utf8.allSatisfy { !isEscaped($0) }
        }
        var position = 0
        let last = utf8.count - 8
        while position < last {
            guard !holdsEscaped(start.loadUnaligned(fromByteOffset: position, as: UInt64.self)) else { return false }
            position += 8
        }
        // Some of them were looked at before.
        return !holdsEscaped(start.loadUnaligned(fromByteOffset: last, as: UInt64.self))
    }

    /// Whether one of eight bytes is escaped: a byte's highest bit is what is left of it when it is smaller than another, or the same
    /// (Warren, Hacker's Delight, section 6-1).
    @inline(__always)
    private static func holdsEscaped(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let isControl = (word &- ones &* 0x20) & ~word
        let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
        let backslashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
        let isOne = (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return (isControl | isOne) & (ones &* 0x80) != 0
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        buffer.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: buffer.append(UInt8(ascii: "b"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0C: buffer.append(UInt8(ascii: "f"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        case 0..<0x20:
            put(byte < 16 ? "u000" : "u00")
            buffer.append(contentsOf: String(byte, radix: 16))
        default: buffer.append(byte)
        }
    }
}
