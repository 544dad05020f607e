import Domain
import GRDB

public enum LicenceRefunds {
    public static func insert(_ refund: LicenceRefund, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO licence_refund (licence, kind, currency, amount, reason, admin, entry, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                refund.licence.text, refund.kind.rawValue, refund.amount.currency.code, refund.amount.micros, refund.reason,
                refund.admin, refund.entry, refund.createdAt.milliseconds,
            ])
    }

    public static func find(_ licence: ID<Licence>, in db: Connection) throws -> LicenceRefund? {
        try db.row("SELECT * FROM licence_refund WHERE licence = ?", [licence.text]).map {
            LicenceRefund(
                licence: $0.id("licence"), kind: $0.word("kind"), amount: $0.money("amount"), reason: $0["reason"],
                admin: $0["admin"], entry: $0["entry"], createdAt: $0.time("created_at"))
        }
    }
}
