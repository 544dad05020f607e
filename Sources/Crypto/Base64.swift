/// Base 64 in its two alphabets (RFC 4648 sections 4 and 5). Decoding is strict: no white space, padding exactly where
/// it belongs, unused bits zero, so that there is one text for each value.
public enum Base64 {
    /// The standard alphabet, with padding.
    public static func encode(_ bytes: [UInt8]) -> String {
        encode(bytes, alphabet: standard) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    }

    /// The URL-safe alphabet, without padding.
    public static func encodeURL(_ bytes: [UInt8]) -> String { encode(bytes, alphabet: urlSafe) }

    /// Nil unless the text is exactly what `encode` writes.
    public static func decode(_ text: String) -> [UInt8]? {
        var digits = Substring(text).utf8
        guard digits.count.isMultiple(of: 4) else { return nil }
        while digits.last == UInt8(ascii: "=") { digits = digits.dropLast() }
        guard text.utf8.count - digits.count == (4 - digits.count % 4) % 4 else { return nil }
        return decode(digits, values: standardValues)
    }

    /// Nil unless the text is exactly what `encodeURL` writes.
    public static func decodeURL(_ text: some StringProtocol) -> [UInt8]? { decode(text.utf8, values: urlSafeValues) }

    /// Whether the byte is a digit of the URL-safe alphabet.
    public static func isURLDigit(_ byte: UInt8) -> Bool { urlSafeValues[Int(byte)] != none }

    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let standard = common + Array("+/".utf8)
    private static let urlSafe = common + Array("-_".utf8)
    private static let standardValues = values(of: standard)
    private static let urlSafeValues = values(of: urlSafe)
    private static let none: UInt8 = 0xFF

    private static func values(of alphabet: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: none, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }

    private static func encode(_ bytes: [UInt8], alphabet: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits = 0 as UInt32
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> bitCount & 63)])
            }
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << (6 - bitCount) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ digits: some Collection<UInt8>, values: [UInt8]) -> [UInt8]? {
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var bits = 0 as UInt32
        var bitCount = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value != none else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
        }
        guard bits & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }
}
