import Crypto
import Domain
import Ledger
import Storage

extension Marketplace {
    /// Puts every payout that waits into one batch with one file. A payout is in one file only.
    public func startPayoutBatch(by admin: String, at now: Timestamp, in db: Connection) throws -> PayoutBatch {
        let payouts = try Payouts.requested(in: db)
        guard let currency = payouts.first?.amount.currency else {
            throw MarketError.wrongState("No payout is waiting.")
        }
        let csv = try PayoutFile.csv(
            payouts.map { ($0, try Contributors.find($0.contributor, in: db)?.profile.payoutDetails) })
        let batch = PayoutBatch(
            id: ids.make(at: now), currency: currency, admin: admin, csv: csv, sha256: Hex.encode(SHA256.hash(csv)),
            createdAt: now)
        try Payouts.insert(batch, in: db)
        for payout in payouts {
            try move(payout, to: .sent, batch: batch.id, at: now, in: db)
            try Books(db).post(
                Entries.payoutSent(
                    payout.id.text, contributor: payout.contributor.text, amount: payout.amount, on: occasion(at: now)))
        }
        try AuditLog.append(
            actor: admin, action: "payout-batch.started", subject: batch.id.text, detail: batch.sha256, at: now, in: db)
        return batch
    }

    /// Notes that the bank has paid; settling again changes nothing.
    public func settlePayout(_ id: ID<Payout>, by admin: String, at now: Timestamp, in db: Connection) throws -> Payout {
        let payout = try find(id, in: db)
        if payout.status == .settled { return payout }
        try move(payout, to: .settled, from: .sent, at: now, in: db)
        try Books(db).post(Entries.payoutSettled(id.text, amount: payout.amount, on: occasion(at: now)))
        try AuditLog.append(actor: admin, action: "payout.settled", subject: id.text, at: now, in: db)
        return try find(id, in: db)
    }

    /// Notes that the money came back: before it was settled it failed, after that it was returned. Either way it is the
    /// contributor's again.
    public func returnPayout(
        _ id: ID<Payout>, reason: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Payout {
        let payout = try find(id, in: db)
        switch payout.status {
        case .failed, .returned: return payout
        case .settled:
            try move(payout, to: .returned, from: .settled, reason: reason, at: now, in: db)
            try Books(db).post(
                Entries.payoutReturned(
                    id.text, contributor: payout.contributor.text, amount: payout.amount, on: occasion(at: now)))
        default:
            try move(payout, to: .failed, from: .sent, reason: reason, at: now, in: db)
            try Books(db).post(
                Entries.payoutFailed(
                    id.text, contributor: payout.contributor.text, amount: payout.amount, on: occasion(at: now)))
        }
        try AuditLog.append(actor: admin, action: "payout.returned", subject: id.text, detail: reason, at: now, in: db)
        return try find(id, in: db)
    }

    private func find(_ id: ID<Payout>, in db: Connection) throws -> Payout {
        guard let payout = try Payouts.find(id, in: db) else { throw MarketError.notFound("payout") }
        return payout
    }

    private func move(
        _ payout: Payout, to new: Payout.Status, from old: Payout.Status = .requested, batch: ID<PayoutBatch>? = nil,
        reason: String? = nil, at now: Timestamp, in db: Connection
    ) throws {
        guard try Payouts.move(payout.id, from: old, to: new, batch: batch, reason: reason, at: now, in: db) else {
            throw MarketError.wrongState("The payout is \(payout.status.rawValue); it must be \(old.rawValue).")
        }
    }
}
