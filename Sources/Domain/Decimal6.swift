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
        String(unsafeUninitializedCapacity: characterCountMax) {
            write(value, fractionCount: fractionCount, isTrimmed: isTrimmed, to: $0)
        }
    }

    /// A sign, nineteen digits and the point.
    public static let characterCountMax = 21

    /// Writes the characters of a decimal, and says how many they are.
    ///
    /// - Parameters:
    ///   - value: the number times ten to the power of `fractionCount`.
    ///   - isTrimmed: whether needless zeros behind the point are left out.
    ///   - text: has room for `characterCountMax`.
    static func write(
        _ value: Int64, fractionCount: Int, isTrimmed: Bool, to text: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var rest = value.magnitude
        var fractionCount = fractionCount
        while isTrimmed, fractionCount > 0, rest % 10 == 0 {
            rest /= 10
            fractionCount -= 1
        }
        let digitCount = max(digitCount(rest), fractionCount + 1)
        let count = digitCount + (fractionCount > 0 ? 1 : 0) + (value < 0 ? 1 : 0)
        var position = count
        for place in 0..<digitCount {
            if place == fractionCount, fractionCount > 0 {
                position -= 1
                text[position] = UInt8(ascii: ".")
            }
            position -= 1
            text[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        if value < 0 { text[0] = UInt8(ascii: "-") }
        return count
    }

    /// Of a number as it is written; 1 for zero.
    private static func digitCount(_ number: UInt64) -> Int {
        var count = 1
        var bound: UInt64 = 10
        while number >= bound, count < 19 {
            count += 1
            bound *= 10
        }
        return count
    }

    private static func digits(_ bytes: some Sequence<UInt8>) -> Int64? {
        var value: Int64 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }
}
