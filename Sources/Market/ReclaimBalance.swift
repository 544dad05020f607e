import Domain
import Ledger
import Storage

extension Marketplace {
    /// Gives a contributor back whatever was set aside; an open notice lapses.
    ///
    /// - Returns: what is available again.
    /// - Throws: `MarketError.wrongState` where nothing was set aside and no notice is open.
    public func reclaimBalance(by contributor: ID<Contributor>, at now: Timestamp, in db: Connection) throws -> [DormantBalance] {
        var reclaimed: [DormantBalance] = []
        for balance in try DormantBalances.setAside(of: contributor, in: db) {
            try Books(db).post(
                Entries.dormantReclaimed(
                    balance.id.text, contributor: contributor.text, amount: balance.amount, on: occasion(at: now)))
            reclaimed.append(try save(balance, as: .reclaimed, at: now, in: db))
        }
        let notice = try DormantBalances.notice(of: contributor, in: db)
        if let notice { _ = try save(notice, as: .lapsed, at: now, in: db) }
        guard notice != nil || !reclaimed.isEmpty else {
            throw MarketError.wrongState("Nothing of yours was set aside.")
        }
        return reclaimed
    }

    private func save(
        _ balance: DormantBalance, as status: DormantBalance.Status, at now: Timestamp, in db: Connection
    ) throws -> DormantBalance {
        var balance = balance
        balance.status = status
        balance.updatedAt = now
        try DormantBalances.save(balance, in: db)
        return balance
    }
}
