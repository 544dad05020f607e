/// Decimals with up to six digits after the point, held as millionths.
public enum Decimal6 {
    /// Largest magnitude read from outside: far below overflow, far above any price.
    public static let microsMax: Int64 = 9_000_000_000_000_000_000

    /// Millionths of the number that the text writes, nil for anything but `-?digits(.digits{1,6})?` within `microsMax`.
    public static func parse(_ text: String) -> Int64? {
        var bytes = Substring(text).utf8
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...13).contains(whole.count), let major = digits(whole) else { return nil }
        var fraction: Int64 = 0
        if parts.count == 2 {
            guard (1...6).contains(parts[1].count), let read = digits(parts[1]) else { return nil }
            fraction = read
            for _ in parts[1].count..<6 { fraction *= 10 }
        }
        guard major <= microsMax / 1_000_000 - 1 else { return nil }
        let micros = major * 1_000_000 + fraction
        return isNegative ? -micros : micros
    }

    /// The millionths as a decimal with exactly six digits after the point.
    public static func format(_ micros: Int64) -> String { format(micros, fractionCount: 6, isTrimmed: false) }

    /// A whole number of thousandths as a decimal without needless zeros: "1.25", "3".
    public static func format(thousandths: Int64) -> String { format(thousandths, fractionCount: 3, isTrimmed: true) }

    private static func format(_ value: Int64, fractionCount: Int, isTrimmed: Bool) -> String {
        withDigits(of: value, fractionCount: fractionCount, isTrimmed: isTrimmed) { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the characters of a decimal.
    ///
    /// - Parameters:
    ///   - value: the number times ten to the power of `fractionCount`.
    ///   - isTrimmed: whether needless zeros behind the point are left out.
    static func withDigits<Result>(
        of value: Int64, fractionCount: Int, isTrimmed: Bool, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        var rest = value.magnitude
        var fractionCount = fractionCount
        while isTrimmed, fractionCount > 0, rest % 10 == 0 {
            rest /= 10
            fractionCount -= 1
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: formattedCountMax) { text in
            // From behind.
            var start = formattedCountMax
            var digitCount = 0
            while rest > 0 || digitCount <= fractionCount {
                if digitCount == fractionCount, fractionCount > 0 {
                    start -= 1
                    text[start] = UInt8(ascii: ".")
                }
                start -= 1
                text[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                digitCount += 1
            }
            if value < 0 {
                start -= 1
                text[start] = UInt8(ascii: "-")
            }
            return body(UnsafeBufferPointer(rebasing: text[start...]))
        }
    }

    /// A sign, nineteen digits and the point.
    private static let formattedCountMax = 21

    private static func digits(_ bytes: some Sequence<UInt8>) -> Int64? {
        var value: Int64 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }
}
