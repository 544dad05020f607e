import Domain
import GRDB

public enum Deposits {
    public static func insert(_ deposit: Deposit, in db: Connection) throws {
        try db.run(
            """
            INSERT INTO deposit (id, buyer, currency, amount, reference, admin, entry, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Bound(deposit.id.text), Bound(deposit.buyer.text), Bound(deposit.amount.currency.code),
            Bound(deposit.amount.micros), Bound(deposit.reference), Bound(deposit.admin), Bound(deposit.entry),
            Bound(deposit.createdAt.milliseconds))
    }

    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Deposit> {
        let rows = try db.rows(
            "SELECT * FROM deposit WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2", [page.after, page.limit + 1])
        let deposits = rows.map {
            Deposit(
                id: $0.id("id"), buyer: $0.id("buyer"), amount: $0.money("amount"), reference: $0["reference"],
                admin: $0["admin"], entry: $0["entry"], createdAt: $0.time("created_at"))
        }
        return Page(deposits, limit: page.limit)
    }
}
