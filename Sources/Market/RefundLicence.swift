import Domain
import Ledger
import Storage

extension Marketplace {
    /// Gives a buyer's fee back, whole or in part, or notes that the bank took it back; once. The licence ends. Contributors
    /// keep what they were credited: operations and the acquisition fund give back their parts, the house bears the rest.
    ///
    /// - Parameter amount: the whole fee for nil.
    public func refundLicence(
        _ id: ID<Licence>, as kind: LicenceRefund.Kind, amount: Money?, reason: String, by admin: String, at now: Timestamp,
        in db: Connection
    ) throws -> LicenceRefund {
        guard let licence = try Licences.find(id, in: db) else { throw MarketError.notFound("licence") }
        if let past = try LicenceRefunds.find(id, in: db) {
            throw MarketError.wrongState(
                "The licence had its \(past.kind.rawValue) at \(past.createdAt.rfc3339); it has one only.")
        }
        let amount = amount ?? licence.fee
        guard amount.currency == licence.fee.currency, amount.micros > 0, amount.micros <= licence.fee.micros else {
            throw MarketError.invalid("/amount", "must be above 0 and at most the fee, \(licence.fee)")
        }
        let transaction = try refundEntry(of: licence, as: kind, amount, at: now, in: db)
        try Books(db).post(transaction)
        let refund = LicenceRefund(
            licence: id, kind: kind, amount: amount, reason: reason, admin: admin, entry: transaction.id, createdAt: now)
        try LicenceRefunds.insert(refund, in: db)
        try Licences.end(id, at: now, in: db)
        try AuditLog.append(
            actor: admin, action: "licence.\(kind == .refund ? "refunded" : "charged-back")", subject: id.text,
            detail: "\(amount): \(reason)", at: now, in: db)
        return refund
    }

    private func refundEntry(
        of licence: Licence, as kind: LicenceRefund.Kind, _ amount: Money, at now: Timestamp, in db: Connection
    ) throws -> Transaction {
        let currency = licence.fee.currency
        let operations = Money(micros: licence.division.operations, currency: currency)
        let fund = Money(micros: licence.division.acquisitionFund, currency: currency)
        let fundHolds = try Books(db).funds(in: Account(.acquisitionFund, currency))
        let settlement = try ReceivableSettlements.find(licence.id, in: db)
        if settlement?.kind == .writeOff {
            throw MarketError.wrongState("What was owed for the licence was written off; there is nothing to give back.")
        }
        // What was never paid is owed no longer; what was paid goes back to the buyer's funds.
        let isOwed = licence.payment == .receivable && settlement == nil
        switch kind {
        case .refund:
            return try Entries.licenceRefunded(
                licence.id.text, buyer: licence.buyer.text, amount: amount, payment: isOwed ? .receivable : .prepaid,
                operations: operations, acquisitionFund: fund, fundHolds: fundHolds, corrects: licence.entry,
                on: occasion(at: now))
        case .chargeback:
            guard !isOwed else {
                throw MarketError.wrongState("The licence is not paid yet, so that no bank can take it back; refund it instead.")
            }
            return try Entries.licenceChargedBack(
                licence.id.text, amount: amount, operations: operations, acquisitionFund: fund, fundHolds: fundHolds,
                corrects: licence.entry, on: occasion(at: now))
        }
    }
}
