import Domain
import GRDB

public enum TaxRemittances {
    public static func insert(_ remittance: TaxRemittance, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO tax_remittance (id, jurisdiction, currency, amount, reference, admin, entry, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                remittance.id.text, remittance.jurisdiction, remittance.amount.currency.code, remittance.amount.micros,
                remittance.reference, remittance.admin, remittance.entry, remittance.createdAt.milliseconds,
            ])
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<TaxRemittance> {
        let rows = try db.rows(
            "SELECT * FROM tax_remittance WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2", [page.after, page.limit + 1])
        let remittances = rows.map { row in
            TaxRemittance(
                id: row.id("id"), jurisdiction: row["jurisdiction"], amount: row.money("amount"), reference: row["reference"],
                admin: row["admin"], entry: row["entry"], createdAt: row.time("created_at"))
        }
        return Page(remittances, limit: page.limit)
    }
}
