import Domain
import GRDB

public enum ReceivableSettlements {
    public static func insert(_ settlement: ReceivableSettlement, in db: Connection) throws {
        try db.execute(
            sql: """
                INSERT INTO receivable_settlement (licence, kind, currency, amount, note, admin, entry, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                settlement.licence.text, settlement.kind.rawValue, settlement.amount.currency.code, settlement.amount.micros,
                settlement.note, settlement.admin, settlement.entry, settlement.createdAt.milliseconds,
            ])
    }

    public static func find(_ licence: ID<Licence>, in db: Connection) throws -> ReceivableSettlement? {
        try Row.fetchOne(db, sql: "SELECT * FROM receivable_settlement WHERE licence = ?", arguments: [licence.text]).map {
            ReceivableSettlement(
                licence: $0.id("licence"), kind: $0.word("kind"), amount: $0.money("amount"), note: $0["note"],
                admin: $0["admin"], entry: $0["entry"], createdAt: $0.time("created_at"))
        }
    }
}
