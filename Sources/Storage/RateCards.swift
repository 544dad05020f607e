import Domain
import GRDB

public enum RateCards {
    /// A published card as it stands in the database; `document` is its canonical JSON.
    public struct Record: Sendable {
        public let number: Int64
        public let document: String
        /// SHA-256 of the document, in hexadecimal.
        public let sha256: String
        public let publishedAt: Timestamp

        public init(number: Int64, document: String, sha256: String, publishedAt: Timestamp) {
            self.number = number
            self.document = document
            self.sha256 = sha256
            self.publishedAt = publishedAt
        }
    }

    public static func insert(_ card: Record, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO rate_card (number, document, sha256, published_at) VALUES (?, ?, ?, ?)",
            [card.number, card.document, card.sha256, card.publishedAt.milliseconds])
    }

    public static func find(_ number: Int64, in db: Connection) throws -> Record? {
        try db.row("SELECT * FROM rate_card WHERE number = ?", [number]).map(read)
    }

    /// The one in force: the newest.
    public static func current(in db: Connection) throws -> Record? {
        try db.row("SELECT * FROM rate_card ORDER BY number DESC LIMIT 1").map(read)
    }

    /// The SHA-256 of the one in force, in hexadecimal.
    public static func currentSHA256(in db: Connection) throws -> String? {
        try db.text("SELECT sha256 FROM rate_card ORDER BY number DESC LIMIT 1")
    }

    /// Newest first; `after` is a number.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<Record> {
        let rows = try db.rows(
            "SELECT * FROM rate_card WHERE number < ? ORDER BY number DESC LIMIT ?",
            [page.after.flatMap { Int64($0) } ?? Int64.max, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// Whether nothing is priced or booked in any currency yet.
    public static func isCurrencyOpen(in db: Connection) throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: "SELECT NOT EXISTS (SELECT 1 FROM quote) AND NOT EXISTS (SELECT 1 FROM txn)"))
            ?? false
    }

    private static func read(_ row: Row) -> Record {
        Record(number: row["number"], document: row["document"], sha256: row["sha256"], publishedAt: row.time("published_at"))
    }
}
