import JSON

/// Who pays: the account that payouts leave from.
public struct Debtor: Hashable, Sendable {
    public let name: String
    public let iban: IBAN
    public let bic: BIC?

    public init(name: String, iban: IBAN, bic: BIC? = nil) {
        self.name = name
        self.iban = iban
        self.bic = bic
    }

    public var json: JSON {
        ["name": .string(name), "iban": .string(iban.text), "bic": .orNull(bic?.text)]
    }

    /// Reads what `json` writes.
    public init?(json: JSON) {
        guard let name = json["name"]?.asString, let iban = json["iban"]?.asString.flatMap(IBAN.init) else { return nil }
        self.init(name: name, iban: iban, bic: json["bic"]?.asString.flatMap(BIC.init))
    }
}
