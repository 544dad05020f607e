/// A file for a bank or a payment service, with the figures of the loop that wrote its rows.
public struct PaymentFile: Hashable, Sendable {
    public let bytes: [UInt8]
    public let mediaType: String
    public let fileExtension: String
    public let count: Int
    public let sum: Money

    /// One payment of a file.
    public struct Row: Hashable, Sendable {
        public let payout: ID<Payout>
        /// What leaves: whole minor units, without tax withheld.
        public let amount: Money
        public let details: PayoutDetails
        /// Unique End-to-end Transaction Reference: a UUID of version 4.
        public let uetr: String

        public init(payout: ID<Payout>, amount: Money, details: PayoutDetails, uetr: String) {
            self.payout = payout
            self.amount = amount
            self.details = details
            self.uetr = uetr
        }
    }

    /// Why a file can't be written.
    public enum Failure: Error, Hashable, Sendable {
        /// A row that does not belong into the file: of another method or currency, or without an amount in whole minor units.
        case row(ID<Payout>)
        case empty
    }

    /// Writes the file of a batch; the same arguments give the same bytes.
    ///
    /// - Parameters:
    ///   - rows: at least one, all of the method and in one currency.
    ///   - debtor: whose account is debited; looked at for SEPA alone.
    ///   - createdAt: when the file is made; the execution date is the next bank day.
    public static func write(
        _ batch: ID<PayoutBatch>, method: PayoutDetails.Method, rows: [Row], debtor: Debtor?, createdAt: Timestamp
    ) throws(Failure) -> PaymentFile {
        guard let first = rows.first else { throw .empty }
        for row in rows {
            guard row.details.method == method, row.amount.currency == first.amount.currency, row.amount.micros > 0,
                row.amount == row.amount.wholeMinorUnits
            else { throw .row(row.payout) }
        }
        switch (method, debtor) {
        case (.sepa, let debtor?): return CreditTransferFile.write(batch, rows, debtor: debtor, createdAt: createdAt)
        case (.sepa, nil): throw .row(first.payout)
        case (.wise, _): return WiseFile.write(rows)
        case (.paypal, _): return PayPalFile.write(rows)
        case (.manual, _): return ManualFile.write(rows)
        }
    }
}

extension Payout {
    /// How the bank names it: SEPA knows no underscore.
    public static func endToEndID(of id: ID<Payout>) -> String { id.text.replacing("_", with: "-") }

    /// The payout that a bank names; its own id is understood too.
    public static func id(endToEndID text: String) -> ID<Payout>? { ID(text.replacing("-", with: "_")) }
}
