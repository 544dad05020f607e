import Domain
import GRDB

public enum DormantBalances {
    public static func insert(_ balance: DormantBalance, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO dormant_balance (id, contributor, status, currency, amount, noticed_at, due_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                balance.id.text, balance.contributor.text, balance.status.rawValue, balance.amount.currency.code,
                balance.amount.micros, balance.noticedAt.milliseconds, balance.dueAt.milliseconds,
                balance.updatedAt.milliseconds,
            ])
    }

    /// Writes how it went on; the schema refuses a way back.
    public static func save(_ balance: DormantBalance, in db: Connection) throws {
        try db.carryOut(
            "UPDATE dormant_balance SET status = ?, amount = ?, entry = ?, updated_at = ? WHERE id = ?",
            [
                balance.status.rawValue, balance.amount.micros, balance.entry, balance.updatedAt.milliseconds, balance.id.text,
            ])
    }

    /// The open notice of a contributor.
    public static func notice(of contributor: ID<Contributor>, in db: Connection) throws -> DormantBalance? {
        try db.row("SELECT * FROM dormant_balance WHERE contributor = ? AND status = 'noticed'", [contributor.text]).map(read)
    }

    /// What was set aside and not reclaimed, oldest first.
    public static func setAside(of contributor: ID<Contributor>, in db: Connection) throws -> [DormantBalance] {
        try db.rows(
            "SELECT * FROM dormant_balance WHERE contributor = ? AND status = 'set-aside' ORDER BY id", [contributor.text]
        ).map(read)
    }

    /// Open notices that are due, oldest first.
    public static func due(at now: Timestamp, limit: Int, in db: Connection) throws -> [DormantBalance] {
        try db.rows(
            "SELECT * FROM dormant_balance WHERE status = 'noticed' AND due_at <= ? ORDER BY due_at, id LIMIT ?",
            [now.milliseconds, limit]
        ).map(read)
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<DormantBalance> {
        let rows = try db.rows(
            "SELECT * FROM dormant_balance WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2", [page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// People who have money, no open notice, and did nothing since the moment.
    public static func idle(
        since moment: Timestamp, _ currency: Currency, limit: Int, in db: Connection
    ) throws -> [ID<Contributor>] {
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT contributor.id FROM contributor
                    JOIN account ON account.path = 'liabilities:contributor:' || contributor.id || ':available'
                        AND account.currency = ?2
                    WHERE contributor.created_at <= ?1 AND account.balance < 0
                        AND NOT EXISTS (
                            SELECT 1 FROM dormant_balance WHERE dormant_balance.contributor = contributor.id AND status = 'noticed')
                        AND (\(lastActivity)) <= ?1
                    ORDER BY contributor.id LIMIT ?3
                    """), arguments: [moment.milliseconds, currency.code, limit]
        ).map { ID(stored: $0) }
    }

    /// When the contributor did something last.
    public static func lastActivity(of contributor: ID<Contributor>, in db: Connection) throws -> Timestamp? {
        let moment = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT (\(lastActivity)) FROM contributor WHERE contributor.id = ?"),
            arguments: [contributor.text])
        return moment.map { Timestamp(milliseconds: $0) }
    }

    /// Signing up and in, changes of the profile, consents, quotes, recordings, payouts, reclaims; not what others do, such as
    /// licences that pay a royalty.
    private static let lastActivity = """
        max(contributor.created_at,
            coalesce((SELECT max(updated_at) FROM contributor_profile WHERE contributor_profile.contributor = contributor.id), 0),
            coalesce((SELECT max(granted_at) FROM consent WHERE consent.contributor = contributor.id), 0),
            coalesce((SELECT max(issued_at) FROM quote WHERE quote.contributor = contributor.id), 0),
            coalesce((SELECT max(created_at) FROM recording WHERE recording.contributor = contributor.id), 0),
            coalesce((SELECT max(created_at) FROM payout WHERE payout.contributor = contributor.id), 0),
            coalesce((SELECT max(updated_at) FROM dormant_balance
                WHERE dormant_balance.contributor = contributor.id AND status = 'reclaimed'), 0),
            coalesce((SELECT max(session.created_at) FROM session JOIN access_key ON access_key.id = session.access_key
                WHERE access_key.owner = contributor.id), 0))
        """

    private static func read(_ row: Row) -> DormantBalance {
        DormantBalance(
            id: row.id("id"), contributor: row.id("contributor"), status: row.word("status"), amount: row.money("amount"),
            noticedAt: row.time("noticed_at"), dueAt: row.time("due_at"), entry: row["entry"], updatedAt: row.time("updated_at"))
    }
}
