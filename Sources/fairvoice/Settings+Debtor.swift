import Domain

extension Settings {
    /// The account that SEPA payouts leave from; nil where none is set. A half or wrong one is an error at the start, not on
    /// the day of the payouts.
    func debtor() throws -> Debtor? {
        switch (self["debtor-name"], self["debtor-iban"]) {
        case (nil, nil):
            guard self["debtor-bic"] == nil else { throw BadInput("--debtor-bic needs --debtor-name and --debtor-iban") }
            return nil
        case (let name?, let text?):
            guard (1...70).contains(name.unicodeScalars.count), SEPAText.isLegible(name) else {
                throw BadInput("--debtor-name must have 1 to 70 characters and some letter that SEPA can write")
            }
            guard let iban = IBAN(text) else { throw BadInput("--debtor-iban must be an IBAN with its check digits") }
            var bic: BIC?
            if let text = self["debtor-bic"] {
                bic = BIC(text)
                if bic == nil { throw BadInput("--debtor-bic must be a BIC of 8 or 11 capital letters and digits") }
            }
            return Debtor(name: name, iban: iban, bic: bic)
        default: throw BadInput("--debtor-name and --debtor-iban go together")
        }
    }
}
