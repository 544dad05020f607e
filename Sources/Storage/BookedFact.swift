/// A fact that a noun keeps beside the books, and the query that answers the rows where the two differ.
struct BookedFact {
    let finding: String
    let sql: String

    /// Micros credited to the account of a path by a transaction of an id.
    private static func credited(_ path: String, by transaction: String) -> String {
        """
        (SELECT coalesce(-sum(posting.amount), 0) FROM txn JOIN posting ON posting.txn = txn.sequence
            JOIN account ON account.id = posting.account
            WHERE txn.id = \(transaction) AND account.path IN (\(path)))
        """
    }

    /// The id of the transaction that a step of a payout made.
    private static func entry(_ step: String) -> String {
        "(SELECT id FROM txn WHERE idempotency_key = 'payout:' || payout.id || ':\(step)')"
    }

    static let all = [
        BookedFact(
            finding: "pay that differs from its transaction (recording, lines)",
            sql: """
                SELECT recording, base + tier_premium + quality_premium + bounty FROM earning
                WHERE base + tier_premium + quality_premium + bounty
                    <> \(credited("'liabilities:contributor:' || earning.contributor || ':available'", by: "earning.entry"))
                """),
        BookedFact(
            finding: "recording that names another transaction than its earning (recording)",
            sql: """
                SELECT recording.id FROM recording LEFT JOIN earning ON earning.recording = recording.id
                WHERE recording.entry IS NOT earning.entry
                """),
        BookedFact(
            finding: "deposit that differs from its transaction (deposit, amount)",
            sql: """
                SELECT id, amount FROM deposit
                WHERE amount <> \(credited("'liabilities:buyer:' || deposit.buyer || ':prepaid'", by: "deposit.entry"))
                """),
        BookedFact(
            finding: "licence whose fee differs from its transaction (licence, fee)",
            sql: """
                SELECT id, fee FROM licence WHERE -fee <> \(credited(
                    "'liabilities:buyer:' || licence.buyer || ':prepaid', 'assets:receivable:buyer:' || licence.buyer",
                    by: "licence.entry"))
                """),
        BookedFact(
            finding: "licence whose royalties do not add up (licence, royalties)",
            sql: """
                SELECT id, royalties FROM licence
                WHERE royalties <> (SELECT coalesce(sum(amount), 0) FROM royalty WHERE royalty.licence = licence.id)
                """),
        BookedFact(
            finding: "bounty that was funded with another amount (bounty, amount)",
            sql: """
                SELECT id, amount FROM bounty
                WHERE amount <> \(credited("'liabilities:bounty:' || bounty.id", by: "bounty.entry"))
                """),
        BookedFact(
            finding: "top-up that differs from its transaction (floor period, top-up)",
            sql: """
                SELECT id, top_up FROM floor_period
                WHERE top_up
                    <> \(credited("'liabilities:contributor:' || floor_period.contributor || ':available'", by: "floor_period.entry"))
                """),
        // Reviewers are credited on the same account, so that it may get more than its royalties.
        BookedFact(
            finding: "royalties that were not credited (licence, contributor, royalties)",
            sql: """
                SELECT licence, contributor, sum(amount) AS royalties FROM royalty GROUP BY licence, contributor
                HAVING royalties > \(credited(
                    "'liabilities:contributor:' || royalty.contributor || ':available'",
                    by: "(SELECT entry FROM licence WHERE licence.id = royalty.licence)"))
                """),
        BookedFact(
            finding: "payout that was not reserved as it stands (payout, amount)",
            sql: """
                SELECT id, amount FROM payout
                WHERE amount <> \(credited(
                    "'liabilities:contributor:' || payout.contributor || ':reserved'", by: entry("reserved")))
                """),
        BookedFact(
            finding: "payout whose tax differs from its transaction (payout, tax)",
            sql: """
                SELECT id, tax FROM payout WHERE status IN ('sent', 'settled', 'failed', 'returned')
                AND tax <> \(credited(
                    "'liabilities:tax-withheld:' || coalesce(payout.tax_jurisdiction, '')", by: entry("released")))
                """),
        BookedFact(
            finding: "batch whose payouts do not add up (batch, payouts, total)",
            sql: """
                SELECT id, payout_count, total FROM payout_batch
                WHERE status <> 'cancelled' AND (payout_count, total, tax) <> (
                    SELECT count(*), coalesce(sum(amount), 0), coalesce(sum(tax), 0) FROM payout
                    WHERE payout.batch = payout_batch.id)
                """),
        BookedFact(
            finding: "tax remittance that differs from its transaction (remittance, amount)",
            sql: """
                SELECT id, amount FROM tax_remittance
                WHERE amount <> \(credited("'assets:bank'", by: "tax_remittance.entry"))
                """),
    ]
}
