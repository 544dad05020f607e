import Domain

/// The file that a bank or payment service is given.
enum PayoutFile {
    /// One row a payout, with a header line; CRLF after each row (RFC 4180).
    static func csv(_ payouts: [(payout: Payout, details: String?)]) -> [UInt8] {
        var text = CSV.row(["payout", "contributor", "method", "details", "amount", "currency"])
        for (payout, details) in payouts {
            text += CSV.row([
                payout.id.text, payout.contributor.text, payout.method, details ?? "", payout.amount.minorUnitDecimal,
                payout.amount.currency.code,
            ])
        }
        return Array(text.utf8)
    }
}
