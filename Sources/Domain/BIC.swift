/// A Business Identifier Code (ISO 9362): 8 or 11 letters and digits that name a bank.
public struct BIC: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil unless it is four letters or digits, a country, two and perhaps three more letters or digits.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isPlain = bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        guard bytes.count == 8 || bytes.count == 11, isPlain, bytes[4...5].allSatisfy({ $0 >= 0x41 }) else { return nil }
        self.text = text
    }

    public var description: String { text }
}
