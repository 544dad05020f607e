import Domain
import GRDB

/// When contributors changed where their payouts go.
public enum PayoutDetailsChanges {
    public static func append(
        _ method: PayoutDetails.Method?, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws {
        try db.carryOut(
            """
            INSERT INTO payout_details_change (contributor, n, method, changed_at)
            SELECT ?1, count(*), ?2, ?3 FROM payout_details_change WHERE contributor = ?1
            """, [contributor.text, method?.rawValue, now.milliseconds])
    }

    /// The last change that is not the first: the first details redirect nothing.
    public static func last(of contributor: ID<Contributor>, in db: Connection) throws -> Timestamp? {
        let moment = try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT changed_at FROM payout_details_change WHERE contributor = ? AND n > 0 ORDER BY n DESC LIMIT 1"),
            arguments: [contributor.text])
        return moment.map { Timestamp(milliseconds: $0) }
    }
}
