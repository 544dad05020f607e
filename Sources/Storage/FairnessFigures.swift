import Domain
import GRDB

/// Sums and ranks for the fairness report. Each says of how many people it is.
public enum FairnessFigures {
    /// What each contributor earned by work, with top-ups; their regions. No time yet.
    public static func workers(_ currency: Currency, in db: Connection) throws -> [String: FairnessReport.Worker] {
        var workers: [String: FairnessReport.Worker] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT contributor.id, contributor.region, txn.kind, -sum(posting.amount) AS micros
                FROM contributor
                JOIN account ON account.path = 'liabilities:contributor:' || contributor.id || ':available'
                    AND account.currency = ?
                JOIN posting ON posting.account = account.id JOIN txn ON txn.sequence = posting.txn
                WHERE txn.kind IN ('recording-accepted', 'review-accepted', 'floor-top-up')
                GROUP BY contributor.id, txn.kind
                """, arguments: [currency.code])
        while let row = try rows.next() {
            var worker = workers[row["id"]] ?? .init()
            worker.region = row["region"]
            worker.earned += row["micros"] as Int64
            if row["kind"] as String == "floor-top-up" { worker.topUps += row["micros"] as Int64 }
            workers[row["id"]] = worker
        }
        return workers
    }

    /// Finished milliseconds, accepted or not, by contributor, rate card and elicitation.
    public static func finished(
        in db: Connection
    ) throws -> [(contributor: String, rateCard: Int64, elicitation: Elicitation, milliseconds: Int64)] {
        try db.rows(
            """
            SELECT recording.contributor, quote.rate_card, recording.elicitation, sum(recording.duration_ms) AS milliseconds
            FROM recording JOIN quote ON quote.id = recording.quote WHERE recording.duration_ms IS NOT NULL
            GROUP BY recording.contributor, quote.rate_card, recording.elicitation
            """
        ).map { ($0["contributor"], $0["rate_card"], $0.word("elicitation"), $0["milliseconds"]) }
    }

    /// Metered milliseconds of each contributor who has any: spans of sessions, where two overlap counted once.
    public static func metered(in db: Connection) throws -> [String: Int64] {
        var metered: [String: Int64] = [:]
        var reached: Int64 = .min
        var current = ""
        let spans = try Row.fetchCursor(
            db, sql: "SELECT contributor, from_at, until_at FROM worked_span ORDER BY contributor, from_at, until_at")
        while let span = try spans.next() {
            let contributor: String = span["contributor"]
            if contributor != current { (current, reached) = (contributor, .min) }
            let from = max(reached, span["from_at"] as Int64)
            let until: Int64 = span["until_at"]
            guard until > from else { continue }
            metered[contributor, default: 0] += until - from
            reached = until
        }
        return metered
    }

    /// Milliseconds from upload to pay of every recording that was paid.
    public static func millisecondsToPay(in db: Connection) throws -> FairnessReport.Spread? {
        try spread("decided_at - created_at", "recording WHERE entry IS NOT NULL", in: db)
    }

    /// Milliseconds from asking for a payout to the bank's word that it was carried out.
    public static func millisecondsToPayout(in db: Connection) throws -> FairnessReport.Spread? {
        try spread("updated_at - created_at", "payout WHERE status = 'settled'", in: db)
    }

    /// Median and ninetieth percentile; nil for too few people.
    private static func spread(_ value: String, _ source: String, in db: Connection) throws -> FairnessReport.Spread? {
        let counts = try Row.fetchOne(
            db, sql: "SELECT count(*) AS n, count(DISTINCT contributor) AS people FROM \(source)")
        guard let counts, counts["people"] as Int >= FairnessReport.contributorCountMin else { return nil }
        let count: Int = counts["n"]
        func rank(_ percent: Int) throws -> Int64 {
            try Int64.fetchOne(
                db, sql: "SELECT \(value) FROM \(source) ORDER BY \(value) LIMIT 1 OFFSET ?",
                arguments: [max(0, (count * percent + 99) / 100 - 1)]) ?? 0
        }
        return .init(median: try rank(50), worst: try rank(90), contributors: counts["people"])
    }

    /// Rejected of decided recordings; nil for too few people.
    public static func rejections(in db: Connection) throws -> FairnessReport.Share? {
        try share(
            """
            SELECT count(*) FILTER (WHERE grade = 'rejected') AS part, count(*) AS whole,
                count(DISTINCT contributor) AS people FROM recording WHERE decided_at IS NOT NULL
            """, in: db)
    }

    /// Appealed of recordings that were ever rejected; nil for too few people.
    public static func appeals(in db: Connection) throws -> FairnessReport.Share? {
        try share(
            """
            SELECT count(appeal.id) AS part, count(*) AS whole, count(DISTINCT recording.contributor) AS people
            FROM recording LEFT JOIN appeal ON appeal.recording = recording.id
            WHERE recording.decided_at IS NOT NULL AND (recording.grade = 'rejected' OR appeal.id IS NOT NULL)
            """, in: db)
    }

    /// Granted of decided appeals; nil for too few people.
    public static func appealsWon(in db: Connection) throws -> FairnessReport.Share? {
        try share(
            """
            SELECT count(*) FILTER (WHERE status = 'granted') AS part, count(*) AS whole,
                count(DISTINCT contributor) AS people FROM appeal WHERE status IN ('granted', 'refused')
            """, in: db)
    }

    /// What recordings and reviews got of the fees of licences that were not given back; nil for too few people.
    public static func royaltyShare(in db: Connection) throws -> FairnessReport.Share? {
        try share(
            """
            SELECT coalesce(sum(royalties + reviewers), 0) AS part, coalesce(sum(fee), 0) AS whole,
                (SELECT count(DISTINCT contributor) FROM royalty) AS people
            FROM licence WHERE NOT EXISTS (SELECT 1 FROM licence_refund WHERE licence = licence.id)
            """, in: db)
    }

    private static func share(_ sql: String, in db: Connection) throws -> FairnessReport.Share? {
        guard let row = try Row.fetchOne(db, sql: sql), row["people"] as Int >= FairnessReport.contributorCountMin else {
            return nil
        }
        return .init(row["part"], of: row["whole"])
    }
}
