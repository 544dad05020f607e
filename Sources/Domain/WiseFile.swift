/// The batch file of Wise (help pages "How do I fill in my batch template" and "What's a batch payment template"): a header,
/// then one recipient a row. A column for accounts stands there only where some row has one, as in Wise's own templates.
enum WiseFile {
    private static let columns = [
        "name", "recipientEmail", "paymentReference", "receiverType", "amountCurrency", "amount", "sourceCurrency",
        "targetCurrency",
    ]

    static func write(_ rows: [PaymentFile.Row]) -> PaymentFile {
        let recipients = rows.compactMap { row -> (row: PaymentFile.Row, recipient: PayoutDetails.Wise)? in
            guard case .wise(let recipient) = row.details else { return nil }
            return (row, recipient)
        }
        let used = Set(recipients.flatMap { cells(of: $0.recipient.account).keys })
        let accounts = ["IBAN", "sortCode", "bsbCode", "accountNumber"].filter(used.contains)
        var text = CSV.row(columns + accounts)
        var micros: Int64 = 0
        for (row, recipient) in recipients {
            // Where nothing is converted, the recipient gets the very amount and the fee is the house's.
            let isConverted = recipient.currency != row.amount.currency
            let cells = cells(of: recipient.account)
            text += CSV.row(
                [
                    PaymentText.line(recipient.name), recipient.email?.text ?? "", Payout.endToEndID(of: row.payout), "PERSON",
                    isConverted ? "source" : "target", row.amount.minorUnitDecimal, row.amount.currency.code,
                    recipient.currency.code,
                ] + accounts.map { cells[$0] ?? "" })
            micros += row.amount.micros
        }
        return PaymentFile(
            bytes: Array(text.utf8), mediaType: "text/csv; charset=utf-8", fileExtension: "csv", count: recipients.count,
            sum: Money(micros: micros, currency: rows[0].amount.currency))
    }

    private static func cells(of account: PayoutDetails.Wise.Account?) -> [String: String] {
        switch account {
        case .iban(let iban): ["IBAN": iban.text]
        case .sortCode(let code, let number): ["sortCode": code, "accountNumber": number]
        case .bsb(let code, let number): ["bsbCode": code, "accountNumber": number]
        case nil: [:]
        }
    }
}
