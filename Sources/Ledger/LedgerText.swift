/// What the words of the books may look like, so that every journal format can carry them unchanged.
enum LedgerText {
    static let idByteCountMax = 64
    static let keyByteCountMax = 200
    static let lineByteCountMax = 500

    /// A lower-case letter or digit, then letters, digits and underscores. No hyphens: beancount has no underscores, and gets
    /// hyphens in their place, which must not make two ids one.
    static func isID(_ text: String) -> Bool {
        guard (1...idByteCountMax).contains(text.utf8.count), let first = text.utf8.first else { return false }
        return (isLower(first) || isDigit(first)) && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "_") }
    }

    /// ISO 3166: "US" or "US-CA".
    static func isJurisdiction(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let country = parts.first, country.count == 2, country.allSatisfy(isUpper), parts.count <= 2 else { return false }
        return parts.dropFirst().allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { isUpper($0) || isDigit($0) } }
    }

    /// A key of idempotency: visible ASCII.
    static func isKey(_ text: String) -> Bool {
        (1...keyByteCountMax).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// A name of a metadata field: a lower-case letter, then such letters, digits and hyphens.
    static func isField(_ text: String) -> Bool {
        guard (1...32).contains(text.utf8.count), let first = text.utf8.first, isLower(first) else { return false }
        return text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// One line of text without control characters.
    static func isLine(_ text: String) -> Bool {
        // Most lines are plain ASCII; the tables of Unicode are slow.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count <= lineByteCountMax }
        return text.utf8.count <= lineByteCountMax
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            }
    }

    private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isWord(_ byte: UInt8) -> Bool { isLower(byte) || isUpper(byte) || isDigit(byte) }
}
