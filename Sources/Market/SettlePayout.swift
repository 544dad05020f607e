import Domain
import Storage

extension Marketplace {
    /// Notes that the bank has paid; settling again changes nothing.
    public func settlePayout(_ id: ID<Payout>, by admin: String, at now: Timestamp, in db: Connection) throws -> Payout {
        let payout = try find(id, in: db)
        if payout.status == .settled { return payout }
        guard payout.status == .sent else {
            throw MarketError.wrongState("The payout is \(payout.status.rawValue); it must be sent.")
        }
        _ = try enter(BankStatus(payout: id, word: .settled), of: payout, by: admin, at: now, in: db)
        try AuditLog.append(actor: admin, action: "payout.settled", subject: id.text, at: now, in: db)
        return try find(id, in: db)
    }

    /// Notes that the money came back: before it was settled it failed, after that it was returned. Either way it is the
    /// contributor's again; tax that was withheld comes back with the first only.
    public func returnPayout(
        _ id: ID<Payout>, reason: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Payout {
        let payout = try find(id, in: db)
        switch payout.status {
        case .failed, .returned: return payout
        case .sent, .settled: break
        default: throw MarketError.wrongState("The payout is \(payout.status.rawValue); it must be sent.")
        }
        let word: BankStatus.Word = payout.status == .settled ? .returned : .rejected
        _ = try enter(BankStatus(payout: id, word: word, reason: reason), of: payout, by: admin, at: now, in: db)
        try AuditLog.append(actor: admin, action: "payout.returned", subject: id.text, detail: reason, at: now, in: db)
        return try find(id, in: db)
    }
}
