import Crypto
import Domain
import Ledger
import Storage

extension Marketplace {
    /// Makes the file of a prepared batch, final from now on, and books its payouts as sent. Only another admin than the one
    /// who prepared it can do this.
    public func approvePayoutBatch(
        _ id: ID<PayoutBatch>, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> PayoutBatch {
        let batch = try find(id, in: db)
        guard batch.status == .prepared else {
            throw MarketError.wrongState("The batch is \(batch.status.rawValue) already.")
        }
        guard batch.admin != admin else {
            throw MarketError.wrongState("You prepared this batch; another admin must approve it.")
        }
        let payouts = try Payouts.members(of: id, in: db)
        let file = try Self.file(of: batch, payouts, at: now)
        guard file.count == batch.payoutCount, file.sum == batch.net else {
            throw StorageError.corrupt("batch \(id) holds \(batch.net), its file \(file.sum)")
        }
        let sha256 = Hex.encode(SHA256.hash(file.bytes))
        try PayoutBatches.approve(id, file, sha256: sha256, by: admin, at: now, in: db)
        for payout in payouts {
            try move(payout, to: .sent, from: .requested, at: now, in: db)
            try Books(db).post(
                Entries.payoutSent(
                    payout.id.text, contributor: payout.contributor.text, amount: payout.amount, tax: payout.taxWithheld,
                    on: occasion(at: now)))
        }
        try AuditLog.append(
            actor: admin, action: "payout-batch.approved", subject: id.text, detail: "sha256 \(sha256)", at: now, in: db)
        return try find(id, in: db)
    }

    private static func file(of batch: PayoutBatch, _ payouts: [Payout], at now: Timestamp) throws -> PaymentFile {
        let rows = payouts.map { payout in
            PaymentFile.Row(
                payout: payout.id, amount: payout.net, details: payout.details ?? .manual(""), uetr: uetr(of: payout.id))
        }
        do {
            return try PaymentFile.write(batch.id, method: batch.method, rows: rows, debtor: batch.debtor, createdAt: now)
        } catch {
            switch error {
            case .row(let payout): throw MarketError.wrongState("Payout \(payout) does not fit into a file of its method.")
            case .empty: throw MarketError.wrongState("The batch is empty.")
            }
        }
    }

    /// A UUID of version 4 (RFC 9562 section 5.4) for a payout: from the chance in its id, so that it is always the same.
    private static func uetr(of payout: ID<Payout>) -> String {
        var bytes = Array(SHA256.hash("uetr:\(payout)".utf8).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Hex.encode(bytes)
        return [(0, 8), (8, 4), (12, 4), (16, 4), (20, 12)].map { start, count in
            String(digits.dropFirst(start).prefix(count))
        }.joined(separator: "-")
    }
}

extension Payout {
    /// As the books want it: nil where nothing was withheld.
    var taxWithheld: TaxWithheld? {
        guard let jurisdiction = tax.jurisdiction, tax.amount.micros > 0 else { return nil }
        return TaxWithheld(jurisdiction: jurisdiction, amount: tax.amount)
    }
}
