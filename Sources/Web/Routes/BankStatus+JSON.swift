import Domain
import JSON

extension Schema {
    static let bankStatus = named(
        "BankStatus",
        object([
            .required("end_to_end_id", .string(1...35), "As in the file"),
            .required("status", .choice(BankStatus.Word.self), "What the bank says"),
            .optional("reason_code", text(.reasonCode), "Why it was rejected or returned; needed there, and only there"),
            .optional("fee", text(.bankFee), "What the bank took for settling it"),
        ]))
}

extension TextFormat {
    fileprivate static let reasonCode = TextFormat(
        pattern: "^[A-Z0-9]{4}$", demand: "must be a code of ISO 20022 such as AC04"
    ) {
        ReasonCode($0) != nil
    }

    fileprivate static let bankFee = TextFormat(
        pattern: #"^[0-9]{1,6}(\.[0-9]{1,6})?$"#, demand: "must be a decimal of at least 0 and below 1000000"
    ) { text in
        text.prefix { $0 != "." }.count <= 6 && (Decimal6.parse(text) ?? -1) >= 0
    }
}

extension BankStatus {
    /// Reads one item of a list, with everything that is wrong with it.
    init?(reader: inout ObjectReader) {
        let payout = reader.parsed("end_to_end_id", "must be one of this batch's, such as pay-01J…", Payout.id(endToEndID:))
        let word = reader.parsed("status", "is no status", Word.init(rawValue:))
        let reason = reader.optionalParsed("reason_code", TextFormat.reasonCode.demand, ReasonCode.init)
        let fee = reader.optionalParsed("fee", TextFormat.bankFee.demand, Decimal6.parse)
        let needsReason = word == .rejected || word == .returned
        if needsReason, reason == nil { reader.refuse("reason_code", "is required where the bank did not pay or gave back") }
        if !needsReason, reason != nil { reader.refuse("reason_code", "belongs to rejected and returned") }
        if fee != nil, word != .settled { reader.refuse("fee", "belongs to settled") }
        guard let payout, let word else { return nil }
        self.init(payout: payout, word: word, reason: reason?.text, fee: fee ?? 0)
    }
}
