/// Reads a structured-field dictionary whose members are byte sequences (RFC 8941 section 4.2.2). Parameters of a member
/// are checked and ignored.
struct StructuredDictionaryParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The members, the last of equal keys; nil where the text is not such a dictionary. Empty text is an empty one.
    mutating func byteSequences() -> [String: [UInt8]]? {
        var members: [String: [UInt8]] = [:]
        skip { $0 == Octets.space }
        while position < bytes.count {
            guard let key = key(), take(Octets.equals), let value = byteSequence(), passParameters() else { return nil }
            members[key] = value
            skip { Octets.isBlank($0) }
            guard position < bytes.count else { return members }
            guard take(Octets.comma) else { return nil }
            skip { Octets.isBlank($0) }
            guard position < bytes.count else { return nil }
        }
        return members
    }

    private mutating func key() -> String? {
        guard position < bytes.count, Self.isLowerLetter(bytes[position]) || bytes[position] == 0x2A else { return nil }
        return text { Self.isLowerLetter($0) || Octets.isDigit($0) || [0x5F, Octets.dash, 0x2E, 0x2A].contains($0) }
    }

    private mutating func byteSequence() -> [UInt8]? {
        guard take(Octets.colon) else { return nil }
        let encoded = text { $0 != Octets.colon }
        return take(Octets.colon) ? Base64.decode(encoded) : nil
    }

    private mutating func passParameters() -> Bool {
        while take(Octets.semicolon) {
            skip { $0 == Octets.space }
            guard key() != nil else { return false }
            if take(Octets.equals), !passItem() { return false }
        }
        return true
    }

    /// A number, string, token, byte sequence or boolean (RFC 8941 section 4.2.3.1).
    private mutating func passItem() -> Bool {
        guard position < bytes.count else { return false }
        switch bytes[position] {
        case Octets.quote: return passString()
        case Octets.colon: return byteSequence() != nil
        case 0x3F:
            position += 1
            return take(Octets.zero) || take(0x31)
        case Octets.dash, Octets.zero...Octets.nine:
            _ = take(Octets.dash)
            return !text { Octets.isDigit($0) || $0 == 0x2E }.isEmpty
        default:
            return !text { Octets.isToken($0) || $0 == Octets.colon || $0 == Octets.slash }.isEmpty
        }
    }

    private mutating func passString() -> Bool {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Octets.quote { return true }
            if byte == Octets.backslash {
                guard take(Octets.quote) || take(Octets.backslash) else { return false }
            } else if byte < 0x20 || byte > 0x7E {
                return false
            }
        }
        return false
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while position < bytes.count, isSkipped(bytes[position]) { position += 1 }
    }

    private mutating func text(while isTaken: (UInt8) -> Bool) -> String {
        let start = position
        skip(while: isTaken)
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isLowerLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}
