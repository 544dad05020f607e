import Domain
import GRDB

public enum Deposits {
    public static func insert(_ deposit: Deposit, in db: Connection) throws {
        try db.run(
            """
            INSERT INTO deposit (id, buyer, currency, amount, reference, admin, entry, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                deposit.id.text, deposit.buyer.text, deposit.amount.currency.code, deposit.amount.micros,
                deposit.reference, deposit.admin, deposit.entry, deposit.createdAt.milliseconds,
            ])
    }

    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Deposit> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM deposit WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            arguments: [page.after, page.limit + 1])
        let deposits = rows.map {
            Deposit(
                id: $0.id("id"), buyer: $0.id("buyer"), amount: $0.money("amount"), reference: $0["reference"],
                admin: $0["admin"], entry: $0["entry"], createdAt: $0.time("created_at"))
        }
        return Page(deposits, limit: page.limit)
    }
}
