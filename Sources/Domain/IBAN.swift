/// An International Bank Account Number (ISO 13616): right in length for its country and in its check digits.
public struct IBAN: Hashable, Sendable, CustomStringConvertible {
    /// Capital letters and digits without spaces.
    public let text: String

    /// Reads an IBAN; spaces and small letters are allowed. Nil where the country, the length or the check digits are wrong.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let compact = text.filter { $0 != " " }.uppercased()
        let bytes = Array(compact.utf8)
        guard bytes.count >= 5, bytes.allSatisfy({ Self.isDigit($0) || Self.isLetter($0) }),
            Self.lengths[String(compact.prefix(2))] == bytes.count, Self.isDigit(bytes[2]), Self.isDigit(bytes[3]),
            Self.remainder(bytes[4...] + bytes[..<4]) == 1
        else { return nil }
        self.text = compact
    }

    /// ISO 3166 code of the country that issued it.
    public var country: String { String(text.prefix(2)) }

    /// Whether SEPA reaches the country (EPC409-09, list of countries in the geographical scope).
    public var isInSEPA: Bool { Self.sepa.contains(country) }

    /// Enough to recognise it: "DE…3000".
    public var masked: String { "\(country)…\(text.suffix(4))" }

    public var description: String { text }

    /// ISO 7064 MOD 97-10: letters count as 10 to 35.
    private static func remainder(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { rest, byte in
            isDigit(byte) ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x41) + 10) % 97
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    /// Lengths by country (SWIFT IBAN Registry, release 97).
    private static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28,
        "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
        "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
        "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
        "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18,
        "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31,
        "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29,
        "VA": 22, "VG": 24, "XK": 20, "YE": 30,
    ]

    private static let sepa: Set = [
        "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU", "IE",
        "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK",
        "SM", "VA",
    ]
}
