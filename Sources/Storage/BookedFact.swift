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
            finding: "refund that differs from its transaction (licence, amount)",
            sql: """
                SELECT licence, amount FROM licence_refund
                WHERE amount <> (SELECT -\(credited(
                    "'revenue:operations', 'liabilities:acquisition-fund', 'expenses:chargeback-loss'",
                    by: "licence_refund.entry")))
                """),
        BookedFact(
            finding: "settlement of what was owed that differs from its transaction (licence, amount)",
            sql: """
                SELECT receivable_settlement.licence, receivable_settlement.amount
                FROM receivable_settlement JOIN licence ON licence.id = receivable_settlement.licence
                WHERE receivable_settlement.amount <> \(credited(
                    "'assets:receivable:buyer:' || licence.buyer", by: "receivable_settlement.entry"))
                """),
        BookedFact(
            finding: "refunded licence that goes on (licence, refunded at, ends at)",
            sql: """
                SELECT licence.id, licence_refund.created_at, licence.ends_at
                FROM licence_refund JOIN licence ON licence.id = licence_refund.licence
                WHERE licence.ends_at IS NULL OR licence.ends_at > licence_refund.created_at
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
        BookedFact(
            finding: "review that differs from its transaction (review, pay)",
            sql: """
                SELECT id, pay FROM review
                WHERE pay <> \(credited("'liabilities:contributor:' || review.reviewer || ':available'", by: "review.entry"))
                """),
        BookedFact(
            finding: "review that differs from its assignment (review)",
            sql: """
                SELECT review.id FROM review JOIN review_assignment AS assignment ON assignment.id = review.assignment
                WHERE assignment.status <> 'done' OR assignment.recording <> review.recording
                    OR assignment.reviewer <> review.reviewer OR assignment.pay <> review.pay
                """),
        BookedFact(
            finding: "licence whose review royalties do not add up (licence, reviewers)",
            sql: """
                SELECT id, reviewers FROM licence WHERE reviewers
                    <> (SELECT coalesce(sum(amount), 0) FROM review_royalty WHERE review_royalty.licence = licence.id)
                """),
        // Who both speaks and reviews in a snapshot is credited for both on one account.
        BookedFact(
            finding: "royalties that were not credited as they are (licence, contributor, royalties)",
            sql: """
                SELECT licence, contributor, sum(amount) AS royalties FROM (
                    SELECT licence, contributor, amount FROM royalty
                    UNION ALL SELECT licence, reviewer, amount FROM review_royalty) AS part
                GROUP BY licence, contributor
                HAVING royalties <> \(credited(
                    "'liabilities:contributor:' || part.contributor || ':available'",
                    by: "(SELECT entry FROM licence WHERE licence.id = part.licence)"))
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
