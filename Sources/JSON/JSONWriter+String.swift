extension JSONWriter {
    /// Escapes what must be escaped and nothing else (RFC 8785 section 3.2.2.2), between quotation marks.
    public mutating func write(quoted text: String) {
        buffer.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for position in utf8.indices where Self.isEscaped(utf8[position]) {
                buffer.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<position]))
                escape(utf8[position])
                start = position + 1
            }
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        buffer.append(UInt8(ascii: "\""))
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
