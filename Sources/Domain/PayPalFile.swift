/// The mass payment file of PayPal (Mass Payments User Guide): no header; e-mail address, amount, currency, an identifier of
/// at most 30 characters, a note.
enum PayPalFile {
    static func write(_ rows: [PaymentFile.Row]) -> PaymentFile {
        var text = ""
        var count = 0
        var micros: Int64 = 0
        for row in rows {
            guard case .paypal(let email) = row.details else { continue }
            text += CSV.row([
                email.text, row.amount.minorUnitDecimal, row.amount.currency.code, Payout.endToEndID(of: row.payout),
                "Payout of your earnings",
            ])
            count += 1
            micros += row.amount.micros
        }
        return PaymentFile(
            bytes: Array(text.utf8), mediaType: "text/csv; charset=utf-8", fileExtension: "csv", count: count,
            sum: Money(micros: micros, currency: rows[0].amount.currency))
    }
}
