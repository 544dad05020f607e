import Domain
import GRDB
import JSON

public enum DataSets {
    public static func insert(_ dataSet: DataSet, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO dataset (id, buyer, name, query, created_at) VALUES (?, ?, ?, ?, ?)",
            [
                dataSet.id.text, dataSet.buyer.text, dataSet.name, dataSet.query.json.description,
                dataSet.createdAt.milliseconds,
            ])
    }

    /// A data set of this buyer's; somebody else's is nil.
    public static func find(_ id: ID<DataSet>, of buyer: ID<Buyer>, in db: Connection) throws -> DataSet? {
        try db.row("SELECT * FROM dataset WHERE id = ? AND buyer = ?", [id.text, buyer.text]).map(read)
    }

    /// Newest first.
    public static func list(of buyer: ID<Buyer>, _ page: PageRequest, in db: Connection) throws -> Page<DataSet> {
        let rows = try db.rows(
            "SELECT * FROM dataset WHERE buyer = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            [buyer.text, page.after, page.limit + 1])
        return Page(try rows.map(read), limit: page.limit)
    }

    private static func read(_ row: Row) throws -> DataSet {
        var reader = ObjectReader(try JSON.parse(Array((row["query"] as String).utf8)))
        return DataSet(
            id: row.id("id"), buyer: row.id("buyer"), name: row["name"], query: CatalogueQuery(reader: &reader),
            createdAt: row.time("created_at"))
    }
}
