import Domain
import GRDB

/// Dated premiums, append-only. The newest of a target counts.
public enum ScarcityPremiums {
    public static func insert(_ premium: ScarcityPremium, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO scarcity_premium (id, target, rate_card, language, accent, register, setting, emotion,
                wanted_seconds, accepted_seconds, factor, valid_from, valid_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            StatementArguments([premium.id.text, premium.target.text]) + StatementArguments([premium.rateCard])
                + StatementArguments(premium.scarcity.cell.columns)
                + StatementArguments([
                    premium.scarcity.wantedSeconds, premium.scarcity.acceptedSeconds, premium.factor.thousandths,
                    premium.from.milliseconds, premium.until.milliseconds,
                ]))
    }

    /// The newest premium of each target.
    public static func latest(in db: Connection) throws -> [ID<Target>: ScarcityPremium] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT premium.* FROM target JOIN scarcity_premium AS premium
                ON premium.id = (SELECT max(id) FROM scarcity_premium WHERE target = target.id)
                """)
        return Dictionary(uniqueKeysWithValues: try Row.fetchAll(statement).map(read).map { ($0.target, $0) })
    }

    public static func find(_ id: ID<ScarcityPremium>, in db: Connection) throws -> ScarcityPremium? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM scarcity_premium WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.text]).map(read)
    }

    private static func read(_ row: Row) -> ScarcityPremium {
        ScarcityPremium(
            id: row.id("id"), target: row.id("target"), rateCard: row["rate_card"],
            scarcity: Scarcity(
                cell: row.cell, wantedSeconds: row["wanted_seconds"], acceptedSeconds: row["accepted_seconds"]),
            factor: Factor(thousandths: row["factor"]), from: row.time("valid_from"), until: row.time("valid_until"))
    }
}
