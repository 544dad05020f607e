/// Percent-decoding (RFC 3986 section 2.1), whole or not at all.
public enum PercentEncoding {
    /// The text, or nil where a percent sign lacks its two digits, the bytes are no UTF-8, or hold a NUL.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        guard text.utf8.contains(where: { $0 == Octets.percent || $0 == 0x2B && plusIsSpace }) else {
            return text.utf8.contains(0) ? nil : String(text)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            if byte == Octets.percent {
                guard let high = bytes.next().flatMap(Octets.hexValue), let low = bytes.next().flatMap(Octets.hexValue)
                else { return nil }
                decoded.append(high << 4 | low)
            } else {
                decoded.append(plusIsSpace && byte == 0x2B ? Octets.space : byte)
            }
        }
        guard !decoded.contains(0) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }
}
