/// Reads tokens, quoted strings and parameters from a field value (RFC 9110 section 5.6).
struct TokenScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    /// Whether the byte stands here; it is then passed.
    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func skipBlanks() {
        while position < bytes.count, Octets.isBlank(bytes[position]) { position += 1 }
    }

    /// A token of at least one byte.
    mutating func token() -> String? {
        let start = position
        while position < bytes.count, Octets.isToken(bytes[position]) { position += 1 }
        return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    /// A quoted string without its quotes. Browsers write file names without escapes, so a backslash is one only before
    /// a quote or another backslash.
    mutating func quotedString() -> String? {
        guard take(Octets.quote) else { return nil }
        var content: [UInt8] = []
        while position < bytes.count {
            var byte = bytes[position]
            position += 1
            if byte == Octets.quote { return String(validating: content, as: UTF8.self) }
            if byte == Octets.backslash, position < bytes.count,
                bytes[position] == Octets.quote || bytes[position] == Octets.backslash
            {
                byte = bytes[position]
                position += 1
            }
            guard Octets.isFieldValue(byte) else { return nil }
            content.append(byte)
        }
        return nil
    }

    /// `*( OWS ";" OWS [ name "=" value ] )` to the end, names in lower case; nil where the grammar is broken.
    mutating func parameters() -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        skipBlanks()
        while take(Octets.semicolon) {
            skipBlanks()
            guard let name = token() else {
                if isAtEnd || bytes[position] == Octets.semicolon { continue }
                return nil
            }
            guard take(Octets.equals), let value = token() ?? quotedString() else { return nil }
            pairs.append((name.lowercased(), value))
            skipBlanks()
        }
        return pairs
    }
}
