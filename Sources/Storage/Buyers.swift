import Domain
import GRDB

public enum Buyers {
    public static func insert(_ buyer: Buyer, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO buyer (id, name, created_at) VALUES (?, ?, ?)",
            [buyer.id.text, buyer.name, buyer.createdAt.milliseconds])
    }

    public static func has(_ id: ID<Buyer>, in db: Connection) throws -> Bool {
        try db.has("SELECT 1 FROM buyer WHERE id = ?", Bound(id.text))
    }

    public static func find(_ id: ID<Buyer>, in db: Connection) throws -> Buyer? {
        try db.row("SELECT * FROM buyer WHERE id = ?", [id.text]).map {
            Buyer(id: $0.id("id"), name: $0["name"], createdAt: $0.time("created_at"))
        }
    }
}
