extension JSONParser {
    /// A string with its quotes (RFC 8259 section 7).
    mutating func string() throws(JSONError) -> String {
        try take(UInt8(ascii: "\""))
        let start = position
        try skipPlain()
        if bytes[position] == UInt8(ascii: "\"") { return try text(bytes[start..<position], from: start) }
        var unescaped = Array(bytes[start..<position])
        while bytes[position] != UInt8(ascii: "\"") {
            try escape(into: &unescaped)
            let plain = position
            try skipPlain()
            unescaped.append(contentsOf: bytes[plain..<position])
        }
        return try text(unescaped[...], from: start)
    }

    /// Moves to the next quote or backslash.
    private mutating func skipPlain() throws(JSONError) {
        while true {
            let byte = try peek()
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            guard byte >= 0x20 else { throw JSONError(.controlCharacter, at: position) }
            position += 1
        }
    }

    /// Consumes the closing quote.
    private mutating func text(_ utf8: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw JSONError(.invalidUTF8, at: start) }
        position += 1
        return text
    }

    private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        let letter = try peek()
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: UTF8.encode(try scalar(from: start))!)
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    /// The scalar of one `\uXXXX`, or of two that are a surrogate pair. The position is behind the first `u`.
    private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try hex4(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONError(.loneSurrogate, at: start) }
        position += 2
        let second = try hex4(from: start)
        guard (0xDC00...0xDFFF).contains(second) else { throw JSONError(.loneSurrogate, at: start) }
        return Unicode.Scalar(0x10000 + UInt32(first - 0xD800) << 10 + UInt32(second - 0xDC00))!
    }

    private mutating func hex4(from start: Int) throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw JSONError(.invalidEscape, at: start)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
