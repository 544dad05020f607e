import GRDB
import Ledger

/// What `ledger verify` found.
public struct VerificationReport: Sendable {
    public var transactionCount = 0
    public var postingCount = 0
    public var accountCount = 0
    /// One sentence for each thing that is wrong; empty when the books are right.
    public var findings: [String] = []

    public var isRight: Bool { findings.isEmpty }
}

extension Books {
    /// Recomputes everything from the postings: sums, seals, balances, floors, the earnings and royalties that the
    /// transactions paid, and SQLite's own checks.
    public static func verify(in db: Connection) throws -> VerificationReport {
        var report = VerificationReport()
        report.transactionCount = try Int.fetchOne(db, sql: "SELECT count(*) FROM txn") ?? 0
        report.postingCount = try Int.fetchOne(db, sql: "SELECT count(*) FROM posting") ?? 0
        report.accountCount = try Int.fetchOne(db, sql: "SELECT count(*) FROM account") ?? 0
        for check in checks {
            for row in try Row.fetchAll(db, sql: check.sql) {
                let values = row.databaseValues.map { "\($0)" }.joined(separator: ", ")
                report.findings.append("\(check.finding): \(values)")
            }
        }
        for row in try Row.fetchAll(db, sql: "SELECT path, is_floor FROM account") {
            let path: String = row["path"]
            guard let account = Account(path: path) else {
                report.findings.append("account outside the chart: \(path)")
                continue
            }
            if account.isFloor != (row["is_floor"] == 1) { report.findings.append("account with a wrong floor: \(path)") }
        }
        let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        report.findings += integrity.map { "SQLite integrity: \($0)" }
        for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") { report.findings.append("foreign key: \(row)") }
        return report
    }

    /// Each query answers the rows that are wrong.
    private static let checks: [(finding: String, sql: String)] = [
        (
            "transaction that does not balance (id, sum)",
            "SELECT txn, sum(amount) FROM posting GROUP BY txn, currency HAVING sum(amount) <> 0"
        ),
        (
            "transaction with fewer than two postings (id)",
            "SELECT id FROM txn WHERE (SELECT count(*) FROM posting WHERE posting.txn = txn.id) < 2"
        ),
        ("postings without their transaction (id)", "SELECT DISTINCT txn FROM posting WHERE txn NOT IN (SELECT id FROM txn)"),
        (
            "posting in another currency than its transaction (id)",
            "SELECT txn.id FROM txn JOIN posting ON posting.txn = txn.id WHERE posting.currency <> txn.currency"
        ),
        (
            "balance that is not the sum of its postings (account, kept, recomputed)",
            """
            SELECT path, balance, coalesce(total, 0) FROM account
            LEFT JOIN (SELECT account, currency AS code, sum(amount) AS total FROM posting GROUP BY account, currency)
                ON account = path AND code = currency
            WHERE balance <> coalesce(total, 0)
            """
        ),
        ("floor account below zero (account, balance)", "SELECT path, balance FROM account WHERE is_floor = 1 AND balance > 0"),
        (
            "transaction whose name is not its effect's (id)",
            "SELECT id FROM txn WHERE idempotency_key <> kind || ':' || subject"
        ),
        (
            "pay that differs from its transaction (recording, lines, booked)",
            """
            SELECT earning.recording, base + tier_premium + quality_premium, -amount FROM earning
            LEFT JOIN posting ON posting.txn = earning.entry
                AND posting.account = 'liabilities:contributor:' || earning.contributor || ':available'
            WHERE amount IS NULL OR base + tier_premium + quality_premium <> -amount
            """
        ),
        (
            "accepted recording that was not paid, or paid without being decided (recording)",
            """
            SELECT recording.id FROM recording LEFT JOIN earning ON earning.recording = recording.id
            WHERE (recording.entry IS NULL) <> (earning.entry IS NULL) OR recording.entry <> earning.entry
            """
        ),
        (
            "licence whose royalties do not add up (licence, royalties, shares)",
            """
            SELECT licence.id, licence.royalties, sum(royalty.amount) FROM licence
            LEFT JOIN royalty ON royalty.licence = licence.id GROUP BY licence.id
            HAVING licence.royalties <> coalesce(sum(royalty.amount), 0)
            """
        ),
        (
            "royalties that differ from their transaction (licence, contributor, shares, booked)",
            """
            SELECT shares.licence, shares.contributor, shares.total, -posting.amount FROM (
                SELECT licence, contributor, sum(amount) AS total FROM royalty GROUP BY licence, contributor
            ) AS shares
            JOIN licence ON licence.id = shares.licence
            LEFT JOIN posting ON posting.txn = licence.entry
                AND posting.account = 'liabilities:contributor:' || shares.contributor || ':available'
            WHERE shares.total <> coalesce(-posting.amount, 0)
            """
        ),
        (
            "licence whose fee differs from its transaction (licence, fee, booked)",
            """
            SELECT licence.id, licence.fee, posting.amount FROM licence LEFT JOIN posting ON posting.txn = licence.entry
                AND posting.account = 'liabilities:buyer:' || licence.buyer || ':prepaid'
            WHERE posting.amount IS NULL OR posting.amount <> licence.fee
            """
        ),
    ]
}
