import Domain
import GRDB

public enum Consents {
    public static func insert(_ consent: Consent, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO consent (id, contributor, text_version, text_sha256, granted_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                consent.id.text, consent.contributor.text, consent.textVersion, consent.textSHA256,
                consent.grantedAt.milliseconds,
            ])
        for purpose in consent.purposes {
            try db.carryOut("INSERT INTO consent_purpose (consent, purpose) VALUES (?, ?)", [consent.id.text, purpose.rawValue])
        }
    }

    public static func withdraw(_ id: ID<Consent>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("INSERT INTO consent_withdrawal (consent, withdrawn_at) VALUES (?, ?)", [id.text, now.milliseconds])
    }

    public static func find(_ id: ID<Consent>, in db: Connection) throws -> Consent? {
        try db.row("\(selection) WHERE consent.id = ?", [id.text]).map { try read($0, in: db) }
    }

    /// All of one contributor's, oldest first.
    public static func list(of contributor: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Consent> {
        let rows = try db.rows(
            "\(selection) WHERE consent.contributor = ? AND consent.id > ? ORDER BY consent.id LIMIT ?",
            [contributor.text, page.after ?? "", page.limit + 1])
        return Page(try rows.map { try read($0, in: db) }, limit: page.limit)
    }

    /// The newest grant that still stands.
    public static func current(of contributor: ID<Contributor>, in db: Connection) throws -> Consent? {
        let sql = """
            \(selection) WHERE consent.contributor = ? AND withdrawn_at IS NULL ORDER BY consent.id DESC LIMIT 1
            """
        return try db.row(sql, [contributor.text]).map { try read($0, in: db) }
    }

    public static func insert(_ text: ConsentText, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO consent_text (version, body, sha256, published_at) VALUES (?, ?, ?, ?)",
            [text.version, text.body, text.sha256, text.publishedAt.milliseconds])
    }

    /// The text of a version; the newest for nil.
    public static func text(version: String?, in db: Connection) throws -> ConsentText? {
        let row =
            if let version {
                try db.row("SELECT * FROM consent_text WHERE version = ?", [version])
            } else {
                try db.row("SELECT * FROM consent_text ORDER BY published_at DESC, version DESC LIMIT 1")
            }
        return row.map {
            ConsentText(
                version: $0["version"], body: $0["body"], sha256: $0["sha256"], publishedAt: $0.time("published_at"))
        }
    }

    private static let selection = """
        SELECT consent.*, withdrawn_at FROM consent
        LEFT JOIN consent_withdrawal ON consent_withdrawal.consent = consent.id
        """

    private static func read(_ row: Row, in db: Connection) throws -> Consent {
        let purposes = try String.fetchAll(
            db.cachedStatement(sql: "SELECT purpose FROM consent_purpose WHERE consent = ? ORDER BY purpose"),
            arguments: [row["id"] as String])
        return Consent(
            id: row.id("id"), contributor: row.id("contributor"), purposes: purposes.compactMap(Purpose.init(rawValue:)),
            textVersion: row["text_version"], textSHA256: row["text_sha256"], grantedAt: row.time("granted_at"),
            withdrawnAt: row.optionalTime("withdrawn_at"))
    }
}
