/// What a buyer's own bookkeeping needs of one event: its number is the place of its transaction in the log.
public struct Invoice: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// A licence was bought.
        case invoice
        /// Funds were paid in.
        case depositReceipt = "deposit-receipt"
        /// A licence's fee was given back or taken back.
        case creditNote = "credit-note"
        /// What was owed was paid.
        case paymentReceipt = "payment-receipt"
    }

    public struct Line: Hashable, Sendable {
        public let text: String
        public let amount: Money

        public init(_ text: String, _ amount: Money) {
            self.text = text
            self.amount = amount
        }
    }

    public let sequence: Int64
    public let transaction: String
    public let kind: Kind
    public let date: Timestamp
    public let buyerName: String
    public let lines: [Line]
    public let total: Money
    /// Of a licence: how the fee was divided.
    public let division: Licence.FeeDivision?
    public let licence: ID<Licence>?
    public let payment: LicencePayment?

    public init(
        sequence: Int64, transaction: String, kind: Kind, date: Timestamp, buyerName: String, lines: [Line], total: Money,
        division: Licence.FeeDivision? = nil, licence: ID<Licence>? = nil, payment: LicencePayment? = nil
    ) {
        self.sequence = sequence
        self.transaction = transaction
        self.kind = kind
        self.date = date
        self.buyerName = buyerName
        self.lines = lines
        self.total = total
        self.division = division
        self.licence = licence
        self.payment = payment
    }

    /// Such as "FV-2026-000017".
    public var number: String { "FV-\(date.date.year)-\(Timestamp.padded(sequence, 6))" }

    /// The division's parts with their names.
    public var divisionLines: [Line] {
        guard let division else { return [] }
        return [
            ("to contributors", division.royalties), ("to reviewers", division.reviewers),
            ("for new recordings", division.acquisitionFund), ("to operations", division.operations),
        ].map { Line($0.0, Money(micros: $0.1, currency: total.currency)) }
    }

    /// To print: one page of plain text.
    public var text: String {
        let title =
            switch kind {
            case .invoice: "Invoice"
            case .depositReceipt: "Receipt of a deposit"
            case .creditNote: "Credit note"
            case .paymentReceipt: "Receipt of a payment"
            }
        func row(_ line: Line) -> String { "  \(line.text)\n      \(line.amount)\n" }
        var text = "\(title) \(number)\n\nDate         \(date.date)\nBuyer        \(buyerName)\nTransaction  \(transaction)\n\n"
        text += lines.map(row).joined() + "\nTotal  \(total)\n"
        if let payment { text += payment == .prepaid ? "Paid from prepaid funds.\n" : "To be paid.\n" }
        if division != nil { text += "\nThe fee was divided:\n" + divisionLines.map(row).joined() }
        return text
    }
}
