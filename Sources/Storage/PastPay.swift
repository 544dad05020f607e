import Domain
import GRDB

/// Decided recordings with everything that their pay came from, for trying another rate card on them.
public enum PastPay {
    public struct Record: Sendable {
        public let recording: ID<Recording>
        public let request: PriceRequest
        /// The gap whose premium the quote froze; nil where there was none, or where it was locked before premiums were dated.
        public let scarcity: Scarcity?
        public let grade: Grade
        public let sampleCount: Int64
        public let sampleRateHz: Int64
        /// Measurements and checks, as JSON.
        public let analysis: String
        public let region: String?
        public let paid: Money
        /// What a bounty added, which no card changes.
        public let bounty: Money
    }

    /// Recordings that were measured, in the order of their ids; rejected ones too.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Record> {
        let rows = try db.rows(
            """
            SELECT recording.*, quote.tier, quote.currency AS currency, premium.id AS premium,
                premium.wanted_seconds, premium.accepted_seconds, contributor.region,
                coalesce(base + tier_premium + quality_premium + earning.bounty, 0) AS paid,
                coalesce(earning.bounty, 0) AS bounty,
                (SELECT document FROM analysis WHERE analysis.recording = recording.id
                    ORDER BY measured_at DESC LIMIT 1) AS analysis
            FROM recording JOIN quote ON quote.id = recording.quote
                JOIN contributor ON contributor.id = recording.contributor
                LEFT JOIN earning ON earning.recording = recording.id
                LEFT JOIN scarcity_premium AS premium ON premium.id = quote.premium
            WHERE recording.id > ? AND recording.sample_count IS NOT NULL ORDER BY recording.id LIMIT ?
            """, [page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    private static func read(_ row: Row) -> Record {
        let cell = row.cell
        return Record(
            recording: row.id("id"),
            request: PriceRequest(
                language: cell.language, accent: cell.accent, register: row.word("register"), setting: row.word("setting"),
                elicitation: row.word("elicitation"), emotion: row.word("emotion"), tier: row.word("tier")),
            scarcity: (row["premium"] as String?).map { _ in
                Scarcity(cell: cell, wantedSeconds: row["wanted_seconds"], acceptedSeconds: row["accepted_seconds"])
            }, grade: row.word("grade"), sampleCount: row["sample_count"], sampleRateHz: row["sample_rate_hz"],
            analysis: row["analysis"] ?? "{}", region: row["region"], paid: row.money("paid"), bounty: row.money("bounty"))
    }
}
