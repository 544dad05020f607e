import Domain
import Foundation
import GRDB

public enum Payouts {
    public static func insert(_ payout: Payout, in db: Connection) throws {
        try db.execute(
            sql: """
                INSERT INTO payout (id, contributor, currency, amount, method, status, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                payout.id.text, payout.contributor.text, payout.amount.currency.code, payout.amount.micros,
                payout.method, payout.status.rawValue, payout.createdAt.milliseconds, payout.updatedAt.milliseconds,
            ])
    }

    public static func find(_ id: ID<Payout>, in db: Connection) throws -> Payout? {
        try Row.fetchOne(db, sql: "SELECT * FROM payout WHERE id = ?", arguments: [id.text]).map(read)
    }

    /// Newest first.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Payout> {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM payout WHERE contributor = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            arguments: [contributor.text, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// All that wait for a batch, oldest first.
    public static func requested(in db: Connection) throws -> [Payout] {
        try Row.fetchAll(db, sql: "SELECT * FROM payout WHERE status = 'requested' ORDER BY id").map(read)
    }

    public static func members(of batch: ID<PayoutBatch>, in db: Connection) throws -> [Payout] {
        try Row.fetchAll(db, sql: "SELECT * FROM payout WHERE batch = ? ORDER BY id", arguments: [batch.text]).map(read)
    }

    /// Moves a payout on; false when it was not in the expected status.
    public static func move(
        _ id: ID<Payout>, from old: Payout.Status, to new: Payout.Status, batch: ID<PayoutBatch>? = nil,
        reason: String? = nil, at now: Timestamp, in db: Connection
    ) throws -> Bool {
        try db.execute(
            sql: """
                UPDATE payout SET status = ?, batch = coalesce(?, batch), reason = ?, updated_at = ? WHERE id = ? AND status = ?
                """,
            arguments: [new.rawValue, batch?.text, reason, now.milliseconds, id.text, old.rawValue])
        return db.changesCount == 1
    }

    public static func insert(_ batch: PayoutBatch, in db: Connection) throws {
        try db.execute(
            sql: "INSERT INTO payout_batch (id, currency, admin, csv, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                batch.id.text, batch.currency.code, batch.admin, Data(batch.csv), batch.sha256, batch.createdAt.milliseconds,
            ])
    }

    public static func find(_ id: ID<PayoutBatch>, in db: Connection) throws -> PayoutBatch? {
        try Row.fetchOne(db, sql: "SELECT * FROM payout_batch WHERE id = ?", arguments: [id.text]).map(readBatch)
    }

    /// Newest first.
    public static func batches(_ page: PageRequest, in db: Connection) throws -> Page<PayoutBatch> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM payout_batch WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
            arguments: [page.after, page.limit + 1])
        return Page(rows.map(readBatch), limit: page.limit)
    }

    private static func read(_ row: Row) -> Payout {
        Payout(
            id: row.id("id"), contributor: row.id("contributor"), amount: row.money("amount"), method: row["method"],
            status: row.word("status"), batch: (row["batch"] as String?).map { ID(stored: $0) }, reason: row["reason"],
            createdAt: row.time("created_at"), updatedAt: row.time("updated_at"))
    }

    private static func readBatch(_ row: Row) -> PayoutBatch {
        PayoutBatch(
            id: row.id("id"), currency: Currency(code: row["currency"])!, admin: row["admin"],
            csv: [UInt8](row["csv"] as Data), sha256: row["sha256"], createdAt: row.time("created_at"))
    }
}
