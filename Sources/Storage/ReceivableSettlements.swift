import Domain
import GRDB

public enum ReceivableSettlements {
    public static func insert(_ settlement: ReceivableSettlement, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO receivable_settlement (licence, kind, currency, amount, note, admin, entry, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                settlement.licence.text, settlement.kind.rawValue, settlement.amount.currency.code, settlement.amount.micros,
                settlement.note, settlement.admin, settlement.entry, settlement.createdAt.milliseconds,
            ])
    }

    public static func find(_ licence: ID<Licence>, in db: Connection) throws -> ReceivableSettlement? {
        try db.row("SELECT * FROM receivable_settlement WHERE licence = ?", [licence.text]).map {
            ReceivableSettlement(
                licence: $0.id("licence"), kind: $0.word("kind"), amount: $0.money("amount"), note: $0["note"],
                admin: $0["admin"], entry: $0["entry"], createdAt: $0.time("created_at"))
        }
    }
}
