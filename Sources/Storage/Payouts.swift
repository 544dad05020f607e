import Domain
import GRDB
import JSON

public enum Payouts {
    public static func insert(_ payout: Payout, in db: Connection) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO payout (id, contributor, currency, amount, method, status, not_before, tax, tax_jurisdiction,
                    taxable, exempt, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            payout.id.text, payout.contributor.text, payout.amount.currency.code, payout.amount.micros,
            payout.method.rawValue, payout.status.rawValue, payout.notBefore?.milliseconds, payout.tax.amount.micros,
            payout.tax.jurisdiction, payout.tax.taxable.micros, payout.tax.exempt.micros, payout.createdAt.milliseconds,
            payout.updatedAt.milliseconds,
        ])
        guard let details = payout.details else { return }
        let destination = try db.cachedStatement(sql: "INSERT INTO payout_destination (payout, details) VALUES (?, ?)")
        try destination.execute(arguments: [payout.id.text, details.json.description])
    }

    public static func find(_ id: ID<Payout>, in db: Connection) throws -> Payout? {
        let statement = try db.cachedStatement(sql: "\(select) WHERE payout.id = ?")
        return try Row.fetchOne(statement, arguments: [id.text]).map(read)
    }

    /// Newest first.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Payout> {
        let rows = try db.rows(
            """
            \(select) WHERE payout.contributor = ?1 AND (?2 IS NULL OR payout.id < ?2) ORDER BY payout.id DESC LIMIT ?3
            """, [contributor.text, page.after, page.limit + 1])
        return Page(try rows.map(read), limit: page.limit)
    }

    /// A page of a batch in the order of its file.
    public static func list(in batch: ID<PayoutBatch>, _ page: PageRequest, in db: Connection) throws -> Page<Payout> {
        let rows = try db.rows(
            "\(select) WHERE payout.batch = ?1 AND (?2 IS NULL OR payout.id > ?2) ORDER BY payout.id LIMIT ?3",
            [batch.text, page.after, page.limit + 1])
        return Page(try rows.map(read), limit: page.limit)
    }

    /// All of a batch in the order of its file.
    public static func members(of batch: ID<PayoutBatch>, in db: Connection) throws -> [Payout] {
        let rows = try db.rows("\(select) WHERE payout.batch = ? ORDER BY payout.id", [batch.text])
        return try rows.map(read)
    }

    /// What can enter a batch now, oldest first: of one method and currency, over its cooling-off, in no batch yet.
    public static func ready(
        _ method: PayoutDetails.Method, _ currency: Currency, at now: Timestamp, limit: Int, in db: Connection
    ) throws -> [Payout] {
        let rows = try db.rows(
            """
            \(select)
            WHERE payout.method = ? AND payout.currency = ? AND payout.status = 'requested' AND payout.batch IS NULL
                AND coalesce(payout.not_before, 0) <= ?
            ORDER BY payout.id LIMIT ?
            """, [method.rawValue, currency.code, now.milliseconds, limit])
        return try rows.map(read)
    }

    /// The oldest payout that can enter a batch now; of one method where it is named.
    public static func firstReady(
        _ method: PayoutDetails.Method?, at now: Timestamp, in db: Connection
    ) throws -> Payout? {
        let row = try db.row(
            """
            \(select)
            WHERE payout.status = 'requested' AND payout.batch IS NULL AND coalesce(payout.not_before, 0) <= ?1
                AND (?2 IS NULL OR payout.method = ?2)
            ORDER BY payout.id LIMIT 1
            """, [now.milliseconds, method?.rawValue])
        return try row.map(read)
    }

    /// When the first of those that still wait for the end of their cooling-off can go.
    public static func nextReady(_ method: PayoutDetails.Method?, in db: Connection) throws -> Timestamp? {
        let moment = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(not_before) FROM payout
                    WHERE status = 'requested' AND batch IS NULL AND (?1 IS NULL OR method = ?1)
                    """), arguments: [method?.rawValue])
        return moment.map { Timestamp(milliseconds: $0) }
    }

    /// Puts a payout into a batch with its final tax.
    public static func put(
        _ id: ID<Payout>, into batch: ID<PayoutBatch>, _ tax: Withholding.Tax, at now: Timestamp, in db: Connection
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE payout SET batch = ?, tax = ?, tax_jurisdiction = ?, taxable = ?, exempt = ?, updated_at = ? WHERE id = ?
                """)
        try statement.execute(arguments: [
            batch.text, tax.amount.micros, tax.jurisdiction, tax.taxable.micros, tax.exempt.micros, now.milliseconds, id.text,
        ])
    }

    /// Gives the payouts of a cancelled batch back to the queue.
    public static func release(from batch: ID<PayoutBatch>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("UPDATE payout SET batch = NULL, updated_at = ? WHERE batch = ?", [now.milliseconds, batch.text])
    }

    /// Moves a payout on; false when it was not in the expected status.
    public static func move(
        _ id: ID<Payout>, from old: Payout.Status, to new: Payout.Status, reason: String? = nil, at now: Timestamp,
        in db: Connection
    ) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "UPDATE payout SET status = ?, reason = ?, updated_at = ? WHERE id = ? AND status = ?")
        try statement.execute(arguments: [new.rawValue, reason, now.milliseconds, id.text, old.rawValue])
        return db.changesCount == 1
    }

    static let select =
        "SELECT payout.*, payout_destination.details FROM payout LEFT JOIN payout_destination ON payout = payout.id"

    private static func read(_ row: Row) throws -> Payout {
        let currency = Currency(code: row["currency"])!
        func money(_ column: String) -> Money { Money(micros: row[column], currency: currency) }
        let details = try (row["details"] as String?).map { text in
            guard let json = try? JSON.parse(Array(text.utf8), limits: .trusted), let details = PayoutDetails(json: json) else {
                throw StorageError.corrupt("payout \(row["id"] as String) has details that can't be read")
            }
            return details
        }
        return Payout(
            id: row.id("id"), contributor: row.id("contributor"), amount: money("amount"), method: row.word("method"),
            details: details, status: row.word("status"), notBefore: row.optionalTime("not_before"),
            batch: (row["batch"] as String?).map { ID(stored: $0) },
            tax: Withholding.Tax(
                jurisdiction: row["tax_jurisdiction"], amount: money("tax"), taxable: money("taxable"), exempt: money("exempt")),
            isAccepted: row["accepted_at"] != nil, reason: row["reason"], createdAt: row.time("created_at"),
            updatedAt: row.time("updated_at"))
    }
}
