/// An ISO 4217 currency that an installation can settle in.
public struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// The code's letters, one in a byte: amounts are copied often, and a text would count its references each time.
    private let letters: UInt32
    /// Digits of the minor unit: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217 list one).
    public let minorUnitDigits: Int

    /// Currencies whose minor unit is not two digits; every other listed code has two.
    private static let exceptions: [String: Int] = [
        "BHD": 3, "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KMF": 0, "KRW": 0,
        "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0,
        "XPF": 0,
    ]

    /// Nil unless the code is three capital ASCII letters.
    public init?(code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else { return nil }
        letters = code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
        minorUnitDigits = Self.exceptions[code] ?? 2
    }

    /// Three capital letters.
    public var code: String { String(unsafeUninitializedCapacity: Self.letterCount) { writeCode(to: $0) } }

    /// Writes the letters of `code`, for who writes many, and says how many they are.
    ///
    /// - Parameter text: has room for `letterCount`.
    public func writeCode(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        for place in 0..<Self.letterCount {
            text[place] = UInt8(truncatingIfNeeded: letters >> UInt32(8 * (Self.letterCount - 1 - place)))
        }
        return Self.letterCount
    }

    /// Letters of a code.
    public static let letterCount = 3

    public static let usd = Currency(code: "USD")!

    public var description: String { code }

    /// Micros in one minor unit: 10,000 for USD.
    public var microsPerMinorUnit: Int64 {
        var micros: Int64 = 1_000_000
        for _ in 0..<minorUnitDigits { micros /= 10 }
        return micros
    }
}
