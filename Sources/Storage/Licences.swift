import Domain
import Foundation
import GRDB

public enum Licences {
    public static func insert(_ licence: Licence, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO licence (id, buyer, snapshot, rate_card, model_name, purpose, use_context, term, currency, fee,
                royalties, reviewers, acquisition_fund, operations, entry, starts_at, ends_at,
                payment)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                licence.id.text, licence.buyer.text, licence.snapshot.text, licence.rateCard, licence.modelName,
                licence.purpose.rawValue, licence.useContext.rawValue, licence.term.rawValue, licence.fee.currency.code,
                licence.fee.micros, licence.division.royalties, licence.division.reviewers,
                licence.division.acquisitionFund, licence.division.operations, licence.entry,
                licence.startsAt.milliseconds, licence.endsAt?.milliseconds, licence.payment.rawValue,
            ])
    }

    public static func find(_ id: ID<Licence>, in db: Connection) throws -> Licence? {
        try db.row("SELECT * FROM licence WHERE id = ?", [id.text]).map(read)
    }

    /// Ends a licence at a moment, if it would not end before.
    public static func end(_ id: ID<Licence>, at moment: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "UPDATE licence SET ends_at = ?1 WHERE id = ?2 AND (ends_at IS NULL OR ends_at > ?1)", [moment.milliseconds, id.text])
    }

    /// Licences that paid a contributor, oldest first; `after` is an id.
    public static func list(
        paying contributor: ID<Contributor>, _ page: PageRequest, in db: Connection
    ) throws -> Page<Licence> {
        let rows = try db.rows(
            """
            SELECT * FROM licence
            WHERE id > ?2 AND (id IN (SELECT licence FROM royalty WHERE contributor = ?1)
                OR id IN (SELECT licence FROM review_royalty WHERE reviewer = ?1)) ORDER BY id LIMIT ?3
            """, [contributor.text, page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// A licence of this buyer's; somebody else's is nil.
    public static func find(_ id: ID<Licence>, of buyer: ID<Buyer>, in db: Connection) throws -> Licence? {
        try db.row("SELECT * FROM licence WHERE id = ? AND buyer = ?", [id.text, buyer.text]).map(read)
    }

    /// Newest first.
    public static func list(of buyer: ID<Buyer>, _ page: PageRequest, in db: Connection) throws -> Page<Licence> {
        let rows = try db.rows(
            "SELECT * FROM licence WHERE buyer = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            [buyer.text, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// A licence of the snapshot for the same model and purpose that is still in force.
    public static func inForce(
        snapshot: ID<Snapshot>, model: String, purpose: Purpose, at now: Timestamp, in db: Connection
    ) throws -> ID<Licence>? {
        let sql = """
            SELECT id FROM licence WHERE snapshot = ? AND model_name = ? AND purpose = ? AND (ends_at IS NULL OR ends_at > ?)
            """
        return try String.fetchOne(
            db.cachedStatement(sql: sql), arguments: [snapshot.text, model, purpose.rawValue, now.milliseconds]
        ).map { ID(stored: $0) }
    }

    /// How many contributors a licence paid.
    public static func contributorCount(of id: ID<Licence>, in db: Connection) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(DISTINCT contributor) FROM royalty WHERE licence = ?"), arguments: [id.text])
            ?? 0
    }

    /// The digest of an export that was made before.
    public static func exportDigest(
        of id: ID<Licence>, format: String, in db: Connection
    ) throws -> (sha256: [UInt8], byteCount: Int64)? {
        try db.row("SELECT * FROM export_digest WHERE licence = ? AND format = ?", [id.text, format]).map {
            ([UInt8]($0["sha256"] as Data), $0["byte_count"])
        }
    }

    public static func keepExportDigest(
        of id: ID<Licence>, format: String, sha256: [UInt8], byteCount: Int64, in db: Connection
    ) throws {
        try db.carryOut(
            "INSERT INTO export_digest (licence, format, sha256, byte_count) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [id.text, format, Data(sha256), byteCount])
    }

    private static func read(_ row: Row) -> Licence {
        Licence(
            id: row.id("id"), buyer: row.id("buyer"), snapshot: row.id("snapshot"), rateCard: row["rate_card"],
            modelName: row["model_name"], purpose: row.word("purpose"), useContext: row.word("use_context"),
            term: row.word("term"), fee: row.money("fee"),
            division: .init(
                royalties: row["royalties"], reviewers: row["reviewers"], acquisitionFund: row["acquisition_fund"],
                operations: row["operations"]), entry: row["entry"], startsAt: row.time("starts_at"),
            endsAt: row.optionalTime("ends_at"), payment: row.word("payment"))
    }
}
