import Domain
import GRDB

public enum BuyerCredits {
    public static func insert(_ credit: BuyerCredit, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO buyer_credit (buyer, currency, amount, admin, created_at) VALUES (?, ?, ?, ?, ?)",
            [
                credit.buyer.text, credit.limit.currency.code, credit.limit.micros, credit.admin, credit.createdAt.milliseconds,
            ])
    }

    /// What is in force; nil where a buyer never had credit.
    public static func current(of buyer: ID<Buyer>, in db: Connection) throws -> BuyerCredit? {
        try db.row("SELECT * FROM buyer_credit WHERE buyer = ? ORDER BY sequence DESC LIMIT 1", [buyer.text]).map {
            BuyerCredit(buyer: $0.id("buyer"), limit: $0.money("amount"), admin: $0["admin"], createdAt: $0.time("created_at"))
        }
    }
}
