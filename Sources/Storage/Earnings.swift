import Domain
import GRDB

/// The lines of each recording's pay.
public enum Earnings {
    public struct Record: Sendable {
        public var recording: ID<Recording>
        public var contributor: ID<Contributor>
        public var entry: String
        public var base: Money
        public var tierPremium: Money
        public var qualityPremium: Money
        public var bounty: Money
        public var gradeFactor: Factor
        public var tierFactor: Factor
        public var createdAt: Timestamp

        public init(
            recording: ID<Recording>, contributor: ID<Contributor>, entry: String, pay: Pay, gradeFactor: Factor,
            tierFactor: Factor, createdAt: Timestamp
        ) {
            self.recording = recording
            self.contributor = contributor
            self.entry = entry
            base = pay.base
            tierPremium = pay.tierPremium
            qualityPremium = pay.qualityPremium
            bounty = pay.bounty
            self.gradeFactor = gradeFactor
            self.tierFactor = tierFactor
            self.createdAt = createdAt
        }

        init(row: Row) {
            recording = row.id("recording")
            contributor = row.id("contributor")
            entry = row["entry"]
            base = row.money("base")
            tierPremium = row.money("tier_premium")
            qualityPremium = row.money("quality_premium")
            bounty = row.money("bounty")
            gradeFactor = Factor(thousandths: row["grade_factor"])
            tierFactor = Factor(thousandths: row["tier_factor"])
            createdAt = row.time("created_at")
        }

        public var total: Money {
            Money(
                micros: base.micros + tierPremium.micros + qualityPremium.micros + bounty.micros, currency: base.currency)
        }
    }

    public static func insert(_ earning: Record, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO earning (recording, contributor, entry, currency, base, tier_premium, quality_premium,
                grade_factor, tier_factor, created_at, bounty)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                earning.recording.text, earning.contributor.text, earning.entry, earning.base.currency.code,
                earning.base.micros, earning.tierPremium.micros, earning.qualityPremium.micros,
                earning.gradeFactor.thousandths, earning.tierFactor.thousandths, earning.createdAt.milliseconds,
                earning.bounty.micros,
            ])
    }

    /// Micros of premiums in the pay of a transaction; 0 where it paid none.
    public static func premium(ofEntry entry: String, in db: Connection) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT tier_premium + quality_premium FROM earning WHERE entry = ?")
        return try Int64.fetchOne(statement, arguments: [entry]) ?? 0
    }

    public static func find(_ recording: ID<Recording>, in db: Connection) throws -> Record? {
        try db.row("SELECT * FROM earning WHERE recording = ?", [recording.text]).map(Record.init)
    }
}
