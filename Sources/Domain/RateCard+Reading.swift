import JSON

/// How the parts of a card are read.
extension ObjectReader {
    mutating func factor(_ key: String) -> Factor? {
        parsed(key, "must be a decimal text from 0 to 100 with at most three digits after the point", Factor.init(decimal:))
    }

    mutating func positiveMoney(_ key: String, _ currency: Currency) -> Money? {
        parsed(key, "must be a positive decimal text with at most six digits after the point") { text in
            Money(decimal: text, currency: currency).flatMap { (1...1_000_000_000_000).contains($0.micros) ? $0 : nil }
        }
    }

    /// A factor for every word of a vocabulary.
    mutating func factors<Word: CaseIterable & Hashable & RawRepresentable>(
        _ key: String, _: Word.Type
    ) -> [Word: Factor] where Word.RawValue == String {
        object(key) { reader in
            var table: [Word: Factor] = [:]
            for word in Word.allCases { table[word] = reader.factor(word.rawValue) }
            return table
        } ?? [:]
    }

    mutating func licenceRates(_ key: String, _ currency: Currency) -> [Purpose: [Term: Money]] {
        object(key) { reader in
            var rates: [Purpose: [Term: Money]] = [:]
            for purpose in Purpose.allCases where reader.has(purpose.rawValue) {
                rates[purpose] = reader.object(purpose.rawValue) { reader in
                    var terms: [Term: Money] = [:]
                    for term in Term.allCases where reader.has(term.rawValue) {
                        terms[term] = reader.positiveMoney(term.rawValue, currency)
                    }
                    return terms
                }
            }
            return rates
        } ?? [:]
    }

    mutating func payFloors(_ key: String, _ currency: Currency) -> [String: Money] {
        let table = json(key)
        var floors: [String: Money] = [:]
        for member in table.asObject ?? JSONObject() {
            let place = JSONPointer.root.appending(key).appending(member.key)
            guard let floor = member.value.asString.flatMap({ Money(decimal: $0, currency: currency) }), floor.micros >= 0 else {
                refuse(place, "must be a decimal text of at least 0")
                continue
            }
            floors[member.key] = floor
        }
        if floors["*"] == nil { refuse(key, "must hold “*”, the floor of every other region") }
        return floors
    }
}
