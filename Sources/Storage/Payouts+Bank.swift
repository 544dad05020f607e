import Domain
import GRDB

extension Payouts {
    /// What the bank said of a payout with this word; nil where it has not.
    public static func bankStatus(
        _ word: BankStatus.Word, of id: ID<Payout>, in db: Connection
    ) throws -> BankStatus? {
        let statement = try db.cachedStatement(sql: "SELECT reason, fee FROM payout_bank_status WHERE payout = ? AND word = ?")
        return try Row.fetchOne(statement, arguments: [id.text, word.rawValue]).map { row in
            BankStatus(payout: id, word: word, reason: row["reason"], fee: row["fee"])
        }
    }

    /// Keeps what the bank said, for ever.
    public static func keep(_ status: BankStatus, by admin: String, at now: Timestamp, in db: Connection) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO payout_bank_status (payout, word, reason, fee, admin, at) VALUES (?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            status.payout.text, status.word.rawValue, status.reason, status.fee, admin, now.milliseconds,
        ])
        if status.word == .accepted {
            try db.carryOut(
                "UPDATE payout SET accepted_at = ?, updated_at = ? WHERE id = ?",
                [now.milliseconds, now.milliseconds, status.payout.text])
        }
    }

    /// What was paid to a contributor before, as far as tax is concerned: payouts in batches that were not refused by the bank.
    ///
    /// - Parameters:
    ///   - payout: the one that the tax is for; it does not count itself.
    ///   - year: the calendar year by its first and the next year's first moment.
    ///   - isEstimate: whether payouts that wait for a batch count too.
    public static func taxHistory(
        of contributor: ID<Contributor>, before payout: ID<Payout>, _ currency: Currency,
        year: (from: Timestamp, to: Timestamp), isEstimate: Bool, in db: Connection
    ) throws -> Withholding.History {
        let statement = try db.cachedStatement(
            sql: """
                SELECT
                    sum(iif(in_year, amount - exempt, 0)) AS paid,
                    sum(iif(in_year, taxable, 0)) AS taxable,
                    sum(iif(status = 'returned', amount - tax, 0) - exempt) AS already_taxed
                FROM (
                    SELECT payout.amount, payout.tax, payout.taxable, payout.exempt, payout.status,
                        payout.batch IS NULL OR payout_batch.created_at >= ?1 AND payout_batch.created_at < ?2 AS in_year
                    FROM payout LEFT JOIN payout_batch ON payout_batch.id = payout.batch
                    WHERE payout.contributor = ?3 AND payout.id <> ?4 AND payout.currency = ?5
                        AND payout.status IN ('requested', 'sent', 'settled', 'returned') AND (payout.batch IS NOT NULL OR ?6)
                )
                """)
        let row = try Row.fetchOne(
            statement,
            arguments: [
                year.from.milliseconds, year.to.milliseconds, contributor.text, payout.text, currency.code, isEstimate,
            ])
        return Withholding.History(
            paid: row?["paid"] ?? 0, taxable: row?["taxable"] ?? 0, alreadyTaxed: row?["already_taxed"] ?? 0)
    }
}
