/// Percent-decoding (RFC 3986 section 2.1), whole or not at all.
public enum PercentEncoding {
    /// The text, or nil where a percent sign lacks its two digits, the bytes are no UTF-8, or hold a NUL.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var text = String(text)
        return text.withUTF8 { decode($0, plusIsSpace: plusIsSpace) }
    }

    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> String? {
        var isPlain = true
        var isASCII = true
        for byte in bytes {
            if byte == Octets.percent || byte == plus && plusIsSpace { isPlain = false }
            if byte >= 0x80 { isASCII = false }
            if byte == 0 { return nil }
        }
        // ASCII needs no validation, and is nearly everything.
        if isPlain { return isASCII ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            if byte == Octets.percent {
                guard let high = rest.next().flatMap(Octets.hexValue), let low = rest.next().flatMap(Octets.hexValue)
                else { return nil }
                decoded.append(high << 4 | low)
            } else {
                decoded.append(plusIsSpace && byte == plus ? Octets.space : byte)
            }
        }
        guard !decoded.contains(0) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    private static let plus: UInt8 = 0x2B
}
