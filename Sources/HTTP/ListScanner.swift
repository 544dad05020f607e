/// Walks the elements of a comma-separated field value (RFC 9110 section 5.6.1), empty elements left out.
/// Commas inside quoted strings do not separate.
struct ListScanner: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0

    init(_ value: some StringProtocol) { bytes = Array(value.utf8) }

    mutating func next() -> String? {
        while position < bytes.count {
            let element = nextElement()
            if !element.isEmpty { return element }
        }
        return nil
    }

    private mutating func nextElement() -> String {
        var start = position
        var isQuoted = false
        while position < bytes.count {
            let byte = bytes[position]
            if isQuoted, byte == Octets.backslash { position += 1 }
            if byte == Octets.quote { isQuoted.toggle() }
            if byte == Octets.comma, !isQuoted { break }
            position += 1
        }
        var end = Swift.min(position, bytes.count)
        position = end + 1
        while start < end, Octets.isBlank(bytes[start]) { start += 1 }
        while end > start, Octets.isBlank(bytes[end - 1]) { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
