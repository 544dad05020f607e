/// A table for an admin who pays by hand.
enum ManualFile {
    static func write(_ rows: [PaymentFile.Row]) -> PaymentFile {
        var text = CSV.row(["payout", "details", "amount", "currency"])
        var count = 0
        var micros: Int64 = 0
        for row in rows {
            guard case .manual(let details) = row.details else { continue }
            text += CSV.row([
                Payout.endToEndID(of: row.payout), PaymentText.line(details), row.amount.minorUnitDecimal,
                row.amount.currency.code,
            ])
            count += 1
            micros += row.amount.micros
        }
        return PaymentFile(
            bytes: Array(text.utf8), mediaType: "text/csv; charset=utf-8", fileExtension: "csv", count: count,
            sum: Money(micros: micros, currency: rows[0].amount.currency))
    }
}
