extension JSONParser {
    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?` (RFC 8259 section 6).
    mutating func number() throws(JSONError) -> JSON {
        let start = position
        if try peek() == UInt8(ascii: "-") { position += 1 }
        try whole(from: start)
        var isInteger = true
        if next(is: UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if next(is: UInt8(ascii: "e")) || next(is: UInt8(ascii: "E")) {
            isInteger = false
            if !next(is: UInt8(ascii: "-")) { _ = next(is: UInt8(ascii: "+")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw JSONError(.numberOutOfRange, at: start) }
        return .number(value)
    }

    private mutating func whole(from start: Int) throws(JSONError) {
        let first = try peek()
        guard isDigit(first) else {
            throw JSONError(position == start ? .unexpectedByte(first) : .invalidNumber, at: position)
        }
        position += 1
        guard first == UInt8(ascii: "0") else { return skipDigits() }
        if position < bytes.count, isDigit(bytes[position]) { throw JSONError(.invalidNumber, at: position) }
    }

    private mutating func digits() throws(JSONError) {
        guard isDigit(try peek()) else { throw JSONError(.invalidNumber, at: position) }
        skipDigits()
    }

    private mutating func skipDigits() {
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }

    private mutating func next(is byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
