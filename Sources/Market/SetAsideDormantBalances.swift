import Domain
import Ledger
import Storage

extension Marketplace {
    /// Most balances of each kind that one run looks at, so that it never holds the writer for long.
    private static let dormantRunMax = 500

    /// Gives notice to people who did nothing for the card's years, and sets aside the balances of those whose notice has run
    /// out. Does nothing where the card has no such rule. For admins on demand, and for the nightly run.
    public func setAsideDormantBalances(by actor: String, at now: Timestamp, in db: Connection) throws -> DormantRun {
        var run = DormantRun()
        let card = try currentRateCard(in: db).card
        guard let rule = card.dormancy else { return run }
        for notice in try DormantBalances.due(at: now, limit: Self.dormantRunMax, in: db) {
            let balance = try resolve(notice, at: now, in: db)
            if balance.status == .setAside { run.setAside.append(balance) } else { run.lapsed.append(balance) }
        }
        let idleSince = now.adding(days: -365 * rule.years)
        let idle = try DormantBalances.idle(since: idleSince, card.currency, limit: Self.dormantRunMax, in: db)
        for contributor in idle {
            let available = try Books(db).funds(in: Account(.available(contributor: contributor.text), card.currency))
            let notice = DormantBalance(
                id: ids.make(at: now), contributor: contributor, status: .noticed, amount: available, noticedAt: now,
                dueAt: now.adding(days: rule.noticeDays), updatedAt: now)
            try DormantBalances.insert(notice, in: db)
            run.noticed.append(notice)
        }
        run.hasMore = [idle.count, run.setAside.count + run.lapsed.count].contains(Self.dormantRunMax)
        if !(run.noticed + run.setAside + run.lapsed).isEmpty {
            try AuditLog.append(
                actor: actor, action: "dormant-run", subject: "dormant-balances",
                detail: "\(run.noticed.count) noticed, \(run.setAside.count) set aside, \(run.lapsed.count) came back", at: now,
                in: db)
        }
        return run
    }

    /// Sets a balance aside whose notice is due, unless its owner has done something since or holds nothing any more.
    private func resolve(_ notice: DormantBalance, at now: Timestamp, in db: Connection) throws -> DormantBalance {
        var balance = notice
        balance.updatedAt = now
        let account = Account(.available(contributor: notice.contributor.text), notice.amount.currency)
        let available = try Books(db).funds(in: account)
        let lastActivity = try DormantBalances.lastActivity(of: notice.contributor, in: db)
        if available.micros == 0 || lastActivity.map({ $0 >= notice.noticedAt }) == true {
            balance.status = .lapsed
        } else {
            let transaction = try Entries.dormantBalance(
                contributor: notice.contributor.text, amount: available, on: occasion(at: now))
            try Books(db).post(transaction)
            balance.status = .setAside
            balance.amount = available
            balance.entry = transaction.id
        }
        try DormantBalances.save(balance, in: db)
        return balance
    }
}
