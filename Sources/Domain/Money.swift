/// An exact amount: millionths of the currency's major unit. No floating point touches it.
public struct Money: Hashable, Sendable, CustomStringConvertible {
    /// Millionths of the major unit.
    public let micros: Int64
    public let currency: Currency

    public init(micros: Int64, currency: Currency) {
        self.micros = micros
        self.currency = currency
    }

    /// Reads a decimal such as "12.345678" or "-0.5": at most six decimals, within ±9,000,000,000,000; nil otherwise.
    public init?(decimal: String, currency: Currency) {
        guard let micros = Decimal6.parse(decimal) else { return nil }
        self.init(micros: micros, currency: currency)
    }

    /// The amount as a decimal with six digits after the point: "12.345678".
    public var decimal: String { Decimal6.format(micros) }

    /// Writes the characters of `decimal`, for who writes many, and says how many they are.
    ///
    /// - Parameter text: has room for `Decimal6.characterCountMax`.
    public func writeDecimal(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        Decimal6.write(micros, fractionCount: 6, isTrimmed: false, to: text)
    }

    /// The same amount the other way round: a debit as a credit.
    public var reversed: Money { Money(micros: -micros, currency: currency) }

    public var description: String { "\(decimal) \(currency.code)" }

    /// The part that can leave for a bank: whole minor units, towards zero.
    public var wholeMinorUnits: Money {
        Money(micros: micros - micros % currency.microsPerMinorUnit, currency: currency)
    }

    /// The amount in the currency's own digits, for payout files: "12.34" USD, "12" JPY. The micros below must be zero.
    public var minorUnitDecimal: String {
        let digits = decimal
        let cut = currency.minorUnitDigits == 0 ? 7 : 6 - currency.minorUnitDigits
        return String(digits.dropLast(cut))
    }
}
