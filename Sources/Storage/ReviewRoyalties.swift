import Domain
import GRDB

/// Each reviewer's share of each licence.
public enum ReviewRoyalties {
    public static func insert(_ royalty: ReviewRoyalty, in db: Connection) throws {
        try db.cachedStatement(
            sql: "INSERT INTO review_royalty (licence, reviewer, review_count, amount) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [
            royalty.licence.text, royalty.reviewer.text, royalty.reviewCount, royalty.amount.micros,
        ])
    }

    /// Which use of reviewed recordings paid a reviewer.
    public struct Use: Sendable {
        public let royalty: ReviewRoyalty
        public let buyerName: String
        public let modelName: String
        public let purpose: Purpose
        public let startsAt: Timestamp
    }

    /// A reviewer's, newest licence first.
    public static func uses(by reviewer: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Use> {
        let sql = """
            SELECT review_royalty.*, licence.currency, licence.model_name, licence.purpose, licence.starts_at,
                buyer.name AS buyer_name
            FROM review_royalty JOIN licence ON licence.id = review_royalty.licence JOIN buyer ON buyer.id = licence.buyer
            WHERE review_royalty.reviewer = ?1 AND (?2 IS NULL OR review_royalty.licence < ?2)
            ORDER BY review_royalty.licence DESC LIMIT ?3
            """
        let rows = try db.rows(sql, [reviewer.text, page.after, page.limit + 1])
        let uses = rows.map {
            Use(
                royalty: ReviewRoyalty(
                    licence: $0.id("licence"), reviewer: $0.id("reviewer"), reviewCount: $0["review_count"],
                    amount: $0.money("amount")),
                buyerName: $0["buyer_name"], modelName: $0["model_name"], purpose: $0.word("purpose"),
                startsAt: $0.time("starts_at"))
        }
        return Page(uses, limit: page.limit)
    }

    /// Every share of one licence, by reviewer.
    public static func list(in licence: ID<Licence>, in db: Connection) throws -> [ReviewRoyalty] {
        let sql = """
            SELECT review_royalty.*, licence.currency FROM review_royalty JOIN licence ON licence.id = review_royalty.licence
            WHERE review_royalty.licence = ? ORDER BY review_royalty.reviewer
            """
        return try db.rows(sql, [licence.text]).map {
            ReviewRoyalty(
                licence: $0.id("licence"), reviewer: $0.id("reviewer"), reviewCount: $0["review_count"],
                amount: $0.money("amount"))
        }
    }

    /// How many reviewers a licence paid.
    public static func count(of licence: ID<Licence>, in db: Connection) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM review_royalty WHERE licence = ?"), arguments: [licence.text]) ?? 0
    }
}
