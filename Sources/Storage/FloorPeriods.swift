import Domain
import GRDB

/// Floor periods that were closed, and the runs that closed them.
public enum FloorPeriods {
    public static func insert(_ period: FloorPeriod, run: ID<FloorRun>, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO floor_period (id, run, contributor, from_at, until_at, region, rate_card, currency,
                worked_milliseconds, earned, floor_per_hour, top_up, entry, closed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                period.id.text, run.text, period.contributor.text, period.from.milliseconds, period.until.milliseconds,
                period.region, period.rateCard, period.sum.earned.currency.code, period.sum.workedMilliseconds,
                period.sum.earned.micros, period.sum.floorPerHour.micros, period.sum.topUp.micros, period.entry,
                period.closedAt.milliseconds,
            ])
    }

    /// One contributor's, newest first.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<FloorPeriod> {
        let rows = try db.rows(
            "SELECT * FROM floor_period WHERE contributor = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            [contributor.text, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// The end of a contributor's newest period.
    public static func end(of contributor: ID<Contributor>, in db: Connection) throws -> Timestamp? {
        let statement = try db.cachedStatement(
            sql: "SELECT until_at FROM floor_period WHERE contributor = ? ORDER BY from_at DESC LIMIT 1")
        return try Int64.fetchOne(statement, arguments: [contributor.text]).map { Timestamp(milliseconds: $0) }
    }

    /// Contributors with metered time before a moment that no period holds yet.
    public static func candidates(until moment: Timestamp, in db: Connection) throws -> [ID<Contributor>] {
        let sql = """
            SELECT id FROM contributor WHERE EXISTS (
                SELECT 1 FROM worked_span
                WHERE worked_span.contributor = contributor.id AND from_at < ?1 AND worked_span.until_at > coalesce(
                    (SELECT floor_period.until_at FROM floor_period WHERE floor_period.contributor = contributor.id
                        ORDER BY from_at DESC LIMIT 1), 0))
            ORDER BY id
            """
        return try String.fetchAll(db.cachedStatement(sql: sql), arguments: [moment.milliseconds]).map { ID(stored: $0) }
    }

    /// Metered spans that reach into a window.
    public static func spans(
        of contributor: ID<Contributor>, from start: Timestamp, until end: Timestamp, in db: Connection
    ) throws -> [WorkedSpan] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT from_at, until_at FROM worked_span WHERE contributor = ? AND until_at > ? AND from_at < ?
                ORDER BY from_at
                """)
        return try Row.fetchAll(statement, arguments: [contributor.text, start.milliseconds, end.milliseconds]).map {
            WorkedSpan(from: $0.time("from_at"), until: $0.time("until_at"))
        }
    }

    /// What a contributor's work of a window has come to so far.
    public struct Work: Sendable, Hashable {
        /// Pay of recordings uploaded in it, and of reviews given in it.
        public var earnedMicros: Int64
        public var finishedMilliseconds: Int64
        public var reviewCount: Int64
        /// Recordings uploaded in it that are not decided yet.
        public var undecidedCount: Int64
    }

    public static func work(
        of contributor: ID<Contributor>, from start: Timestamp, until end: Timestamp, in db: Connection
    ) throws -> Work {
        let recordings = try db.cachedStatement(
            sql: """
                SELECT coalesce(sum(base + tier_premium + quality_premium + bounty), 0) AS earned,
                    coalesce(sum(CASE WHEN grade IN ('A', 'B', 'C') THEN duration_ms END), 0) AS finished,
                    coalesce(sum(status IN ('queued', 'analysing')), 0) AS undecided
                FROM recording LEFT JOIN earning ON earning.recording = recording.id
                WHERE recording.contributor = ? AND recording.created_at >= ? AND recording.created_at < ?
                """)
        let reviews = try db.cachedStatement(
            sql: """
                SELECT coalesce(-sum(posting.amount), 0) AS earned, count(*) AS reviews
                FROM account JOIN posting ON posting.account = account.id JOIN txn ON txn.sequence = posting.txn
                WHERE account.path = 'liabilities:contributor:' || ? || ':available' AND posting.occurred_at >= ?
                    AND posting.occurred_at < ? AND txn.kind = 'review-accepted'
                """)
        let window = StatementArguments([contributor.text]) + StatementArguments([start.milliseconds, end.milliseconds])
        let recorded = try Row.fetchOne(recordings, arguments: window)!
        let reviewed = try Row.fetchOne(reviews, arguments: window)!
        return Work(
            earnedMicros: (recorded["earned"] as Int64) + (reviewed["earned"] as Int64),
            finishedMilliseconds: recorded["finished"], reviewCount: reviewed["reviews"], undecidedCount: recorded["undecided"])
    }

    private static func read(_ row: Row) -> FloorPeriod {
        FloorPeriod(
            id: row.id("id"), contributor: row.id("contributor"), from: row.time("from_at"), until: row.time("until_at"),
            region: row["region"], rateCard: row["rate_card"],
            sum: .init(
                workedMilliseconds: row["worked_milliseconds"], earned: row.money("earned"),
                floorPerHour: row.money("floor_per_hour")), entry: row["entry"], closedAt: row.time("closed_at"))
    }
}
