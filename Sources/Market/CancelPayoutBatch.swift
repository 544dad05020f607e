import Domain
import Storage

extension Marketplace {
    /// Gives a prepared batch up: its payouts wait for the next one. Any admin may.
    public func cancelPayoutBatch(
        _ id: ID<PayoutBatch>, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> PayoutBatch {
        let batch = try find(id, in: db)
        guard batch.status == .prepared else {
            throw MarketError.wrongState("The batch is \(batch.status.rawValue) already; only a prepared one can be cancelled.")
        }
        try PayoutBatches.cancel(id, by: admin, at: now, in: db)
        try Payouts.release(from: id, at: now, in: db)
        try AuditLog.append(actor: admin, action: "payout-batch.cancelled", subject: id.text, at: now, in: db)
        return try find(id, in: db)
    }
}
