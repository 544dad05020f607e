extension JSONWriter {
    /// Escapes what must be escaped and nothing else (RFC 8785 section 3.2.2.2), between quotation marks.
    public mutating func write(quoted text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            guard utf8.contains(where: Self.isEscaped) else {
                bytes.append(contentsOf: utf8)
                return
            }
            var start = 0
            for position in utf8.indices where Self.isEscaped(utf8[position]) {
                append(utf8[start..<position])
                escape(utf8[position])
                start = position + 1
            }
            append(utf8[start...])
        }
        append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0..<0x20:
            append("u00".utf8)
            append((byte < 16 ? "0" : "").utf8)
            append(String(byte, radix: 16).utf8)
        default: append(byte)
        }
    }
}

extension JSONWriter {
    private mutating func append(_ byte: UInt8) { bytes.append(byte) }
    private mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }
}
