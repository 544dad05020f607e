import JSON

extension PayoutDetails {
    /// A text for details that are paid by hand, an object with its `method` for others.
    public var json: JSON {
        switch self {
        case .sepa(let account):
            [
                "method": "sepa", "account_holder": .string(account.accountHolder), "iban": .string(account.iban.text),
                "bic": account.bic.map { .string($0.text) },
            ]
        case .wise(let recipient): recipient.json
        case .paypal(let email): ["method": "paypal", "email": .string(email.text)]
        case .manual(let text): .string(text)
        }
    }

    /// Reads what `json` writes, and an object `{"method": "manual", "text": …}`; bad fields are reported to the reader
    /// under the key.
    public init?(_ key: String, of reader: inout ObjectReader) {
        if let text = reader.json(key).asString {
            guard (1...500).contains(text.unicodeScalars.count) else {
                reader.refuse(key, "must have between 1 and 500 characters")
                return nil
            }
            self = .manual(text)
            return
        }
        guard let details = reader.object(key, { PayoutDetails(reader: &$0) }) else { return nil }
        self = details
    }

    /// Reads what the database holds.
    public init?(json: JSON) {
        var reader = ObjectReader(["details": json])
        guard let details = PayoutDetails("details", of: &reader), reader.isSound else { return nil }
        self = details
    }

    private init?(reader: inout ObjectReader) {
        let words = Method.allCases.map(\.rawValue).joined(separator: ", ")
        switch reader.parsed("method", "must be one of \(words)", Method.init(rawValue:)) {
        case .sepa:
            let holder = reader.name("account_holder")
            let iban = reader.parsed("iban", "must be an IBAN of a country in SEPA, with its check digits") { text in
                IBAN(text).flatMap { $0.isInSEPA ? $0 : nil }
            }
            let bic = reader.optionalParsed("bic", "must be a BIC of 8 or 11 capital letters and digits", BIC.init)
            guard let holder, let iban else { return nil }
            self = .sepa(SEPA(accountHolder: holder, iban: iban, bic: bic))
        case .wise:
            guard let recipient = Wise(reader: &reader) else { return nil }
            self = .wise(recipient)
        case .paypal:
            guard let email = reader.parsed("email", "must be an e-mail address", EmailAddress.init) else { return nil }
            self = .paypal(email)
        case .manual: self = .manual(reader.string("text", min: 1, max: 500))
        case nil: return nil
        }
    }
}

extension PayoutDetails.Wise {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "method": "wise", "name": .string(name), "currency": .string(currency.code),
            "email": email.map { .string($0.text) },
        ]
        switch account {
        case .iban(let iban): object["iban"] = .string(iban.text)
        case .sortCode(let code, let number):
            object["sort_code"] = .string(code)
            object["account_number"] = .string(number)
        case .bsb(let code, let number):
            object["bsb_code"] = .string(code)
            object["account_number"] = .string(number)
        case nil: break
        }
        return .object(object)
    }

    fileprivate init?(reader: inout ObjectReader) {
        func digits(_ key: String, _ count: ClosedRange<Int>) -> String? {
            reader.optionalParsed(key, "must be \(count.lowerBound) to \(count.upperBound) digits") { text in
                count.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
            }
        }
        let name = reader.name("name")
        let currency = reader.parsed("currency", "must be an ISO 4217 code such as EUR", Currency.init(code:))
        let email = reader.optionalParsed("email", "must be an e-mail address", EmailAddress.init)
        let iban = reader.optionalParsed("iban", "must be an IBAN with its check digits", IBAN.init)
        let sortCode = digits("sort_code", 6...6)
        let bsbCode = digits("bsb_code", 6...6)
        let number = digits("account_number", 4...10)
        guard reader.isSound, let name, let currency else { return nil }
        let account: Account?
        switch (iban, sortCode, bsbCode, number) {
        case (nil, nil, nil, nil): account = nil
        case (let iban?, nil, nil, nil): account = .iban(iban)
        case (nil, let code?, nil, let number?): account = .sortCode(code, accountNumber: number)
        case (nil, nil, let code?, let number?): account = .bsb(code, accountNumber: number)
        default:
            reader.refuse(
                reader.pointer,
                "must name one account: iban, or sort_code with account_number, or bsb_code with account_number")
            return nil
        }
        if account == nil, email == nil {
            reader.refuse(reader.pointer, "must hold an email or an account")
            return nil
        }
        self.init(name: name, currency: currency, email: email, account: account)
    }
}

extension ObjectReader {
    /// The name of an account's holder in 1 to 70 characters, which banks can read.
    fileprivate mutating func name(_ key: String) -> String? {
        parsed(key, "must have 1 to 70 characters and some Latin, Greek or Cyrillic letter") { text in
            (1...70).contains(text.unicodeScalars.count) && SEPAText.isLegible(text) ? text : nil
        }
    }
}
