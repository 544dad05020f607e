/// Numbers for the values of one facet, from 1 in the order in which they come; 0 is unknown.
struct CatalogueWords: Sendable {
    private(set) var texts: [String]
    private var numbers: [String: UInt16]

    init(_ texts: [String] = []) {
        self.texts = [""] + texts
        numbers = Dictionary(uniqueKeysWithValues: zip(texts, 1...))
    }

    /// Nil where no recording ever had it.
    func find(_ text: String) -> UInt16? { numbers[text] }

    /// Nil when there is no number left under the limit.
    mutating func number(_ text: String?, under limit: Int) -> UInt16? {
        guard let text else { return 0 }
        if let known = numbers[text] { return known }
        guard texts.count < limit else { return nil }
        let new = UInt16(texts.count)
        texts.append(text)
        numbers[text] = new
        return new
    }
}
