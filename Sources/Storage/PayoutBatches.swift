import Domain
import Foundation
import GRDB
import JSON

public enum PayoutBatches {
    public static func insert(_ batch: PayoutBatch, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO payout_batch (id, method, status, currency, payout_count, total, tax, debtor, admin, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                batch.id.text, batch.method.rawValue, batch.status.rawValue, batch.total.currency.code, batch.payoutCount,
                batch.total.micros, batch.tax.micros, batch.debtor?.json.description, batch.admin,
                batch.createdAt.milliseconds,
            ])
    }

    /// Writes the sums once its payouts are in.
    public static func setSums(of batch: PayoutBatch, in db: Connection) throws {
        try db.carryOut(
            "UPDATE payout_batch SET payout_count = ?, total = ?, tax = ? WHERE id = ?",
            [batch.payoutCount, batch.total.micros, batch.tax.micros, batch.id.text])
    }

    /// Approves a batch with its file. The schema refuses the admin who prepared it, and a second decision.
    public static func approve(
        _ id: ID<PayoutBatch>, _ file: PaymentFile, sha256: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws {
        try db.carryOut(
            """
            UPDATE payout_batch SET status = 'approved', file = ?, file_sha256 = ?, media_type = ?, decided_by = ?,
                decided_at = ? WHERE id = ?
            """, [Data(file.bytes), sha256, file.mediaType, admin, now.milliseconds, id.text])
    }

    public static func cancel(_ id: ID<PayoutBatch>, by admin: String, at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "UPDATE payout_batch SET status = 'cancelled', decided_by = ?, decided_at = ? WHERE id = ?",
            [admin, now.milliseconds, id.text])
    }

    public static func find(_ id: ID<PayoutBatch>, in db: Connection) throws -> PayoutBatch? {
        try db.row("SELECT \(columns) FROM payout_batch WHERE id = ?", [id.text]).map(read)
    }

    /// The file; nil until the batch is approved.
    public static func file(of id: ID<PayoutBatch>, in db: Connection) throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT file FROM payout_batch WHERE id = ?", arguments: [id.text]).map { [UInt8]($0) }
    }

    /// Newest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<PayoutBatch> {
        let rows = try db.rows(
            "SELECT \(columns) FROM payout_batch WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            [page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Everything but the file.
    private static let columns = """
        id, method, status, currency, payout_count, total, tax, debtor, admin, created_at, decided_by, decided_at, file_sha256,
        media_type
        """

    private static func read(_ row: Row) -> PayoutBatch {
        PayoutBatch(
            id: row.id("id"), method: row.word("method"), status: row.word("status"), payoutCount: row["payout_count"],
            total: row.money("total"), tax: row.money("tax"),
            debtor: (row["debtor"] as String?).flatMap { try? JSON.parse(Array($0.utf8)) }.flatMap(Debtor.init(json:)),
            admin: row["admin"], createdAt: row.time("created_at"), decidedBy: row["decided_by"],
            decidedAt: row.optionalTime("decided_at"), sha256: row["file_sha256"], mediaType: row["media_type"])
    }
}
