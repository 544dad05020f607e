import Domain
import Ledger
import Storage

extension Marketplace {
    /// Puts the oldest payouts that wait into a batch of one method and currency, with their final tax. Nothing leaves before
    /// another admin has approved it. What the method's file can't hold waits for the next batch.
    ///
    /// - Parameters:
    ///   - method: that of the payout that waits longest for nil.
    ///   - debtor: the account that SEPA payouts leave from.
    public func preparePayoutBatch(
        method: PayoutDetails.Method?, debtor: Debtor?, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> PayoutBatch {
        guard let first = try Payouts.firstReady(method, at: now, in: db) else {
            let next = try Payouts.nextReady(method, in: db)
            throw MarketError.wrongState(
                next.map { "No payout can go yet; the first is free at \($0.rfc3339), after its cooling-off." }
                    ?? "No payout is waiting\(method.map { " for \($0.rawValue)" } ?? "").")
        }
        if first.method == .sepa, debtor == nil { throw MarketError.wrongState(Self.debtorMissing) }
        let currency = first.amount.currency
        let zero = Money(micros: 0, currency: currency)
        var batch = PayoutBatch(
            id: ids.make(at: now), method: first.method, payoutCount: 0, total: zero, tax: zero,
            debtor: first.method == .sepa ? debtor : nil, admin: admin, createdAt: now)
        try PayoutBatches.insert(batch, in: db)
        let payouts = try Payouts.ready(
            first.method, currency, at: now, limit: first.method.batchCountMax, in: db)
        let card = try currentRateCard(in: db).card
        for payout in payouts {
            guard let person = try Contributors.find(payout.contributor, in: db) else { continue }
            let tax = try tax(on: payout.amount, of: payout.id, for: person, by: card, isEstimate: false, at: now, in: db)
            try Payouts.put(payout.id, into: batch.id, tax, at: now, in: db)
            batch.payoutCount += 1
            batch.total = Money(micros: batch.total.micros + payout.amount.micros, currency: currency)
            batch.tax = Money(micros: batch.tax.micros + tax.amount.micros, currency: currency)
        }
        try PayoutBatches.setSums(of: batch, in: db)
        try AuditLog.append(
            actor: admin, action: "payout-batch.prepared", subject: batch.id.text,
            detail: "\(batch.method.rawValue), \(batch.payoutCount) payouts, \(batch.net)", at: now, in: db)
        return batch
    }

    static let debtorMissing = """
        SEPA payouts need the account that they leave from: start the server with --debtor-name, --debtor-iban and, where the \
        bank asks for it, --debtor-bic.
        """

    /// A batch that must be there.
    func find(_ id: ID<PayoutBatch>, in db: Connection) throws -> PayoutBatch {
        guard let batch = try PayoutBatches.find(id, in: db) else { throw MarketError.notFound("payout batch") }
        return batch
    }
}
