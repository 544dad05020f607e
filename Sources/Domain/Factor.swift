/// A factor of a price in thousandths: 1.25 is 1250.
public struct Factor: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let thousandths: Int64

    /// Largest factor that a rate card may hold; keeps every product far from overflow.
    public static let thousandthsMax: Int64 = 100_000

    public init(thousandths: Int64) { self.thousandths = thousandths }

    /// Reads a decimal with up to three digits after the point, from 0 to 100; nil otherwise.
    public init?(decimal: String) {
        guard let micros = Decimal6.parse(decimal), micros >= 0, micros % 1000 == 0,
            micros / 1000 <= Self.thousandthsMax
        else { return nil }
        thousandths = micros / 1000
    }

    public static let one = Factor(thousandths: 1000)

    /// "1.25", without needless zeros.
    public var decimal: String { Decimal6.format(thousandths: thousandths) }

    /// Writes the characters of `decimal`, for who writes many, and says how many they are.
    ///
    /// - Parameter text: has room for `Decimal6.characterCountMax`.
    public func writeDecimal(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        Decimal6.write(thousandths, fractionCount: 3, isTrimmed: true, to: text)
    }

    public var description: String { decimal }

    public static func < (one: Factor, other: Factor) -> Bool { one.thousandths < other.thousandths }

    /// The amount times this factor, rounded half to even to the micro. What no amount can hold is the largest there is;
    /// cards with such prices are refused when they are published.
    public func times(_ amount: Money) -> Money {
        let micros = Rounding.halfToEven(Int128(amount.micros) * Int128(thousandths), over: 1000)
        return Money(micros: Int64(clamping: micros), currency: amount.currency)
    }
}
