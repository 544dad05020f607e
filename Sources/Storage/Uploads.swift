import Domain
import GRDB

public enum Uploads {
    public static func insert(_ upload: Upload, in db: Connection) throws {
        try db.run(
            """
            INSERT INTO upload (id, contributor, byte_count, byte_offset, metadata, quote, scenario, media_type, filename,
                created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Bound(upload.id.text), Bound(upload.contributor.text), Bound(upload.byteCount), Bound(upload.byteOffset),
            Bound(upload.metadata), Bound(upload.quote?.text), Bound(upload.scenario?.text), Bound(upload.mediaType),
            Bound(upload.filename), Bound(upload.createdAt.milliseconds), Bound(upload.expiresAt.milliseconds))
    }

    public static func find(_ id: ID<Upload>, in db: Connection) throws -> Upload? {
        try db.row("SELECT * FROM upload WHERE id = ?", [id.text]).map { row in
            let scenario: String? = row["scenario"]
            let quote: String? = row["quote"]
            let recording: String? = row["recording"]
            return Upload(
                id: row.id("id"), contributor: row.id("contributor"), byteCount: row["byte_count"],
                byteOffset: row["byte_offset"], metadata: row["metadata"], quote: quote.flatMap { ID($0) },
                scenario: scenario.flatMap { ID($0) }, mediaType: row["media_type"], filename: row["filename"],
                recording: recording.flatMap { ID($0) }, createdAt: row.time("created_at"), expiresAt: row.time("expires_at"))
        }
    }

    /// Notes that so many bytes are on disk; fewer than before where they turned out wrong.
    public static func advance(_ id: ID<Upload>, to byteOffset: Int64, in db: Connection) throws {
        try db.run("UPDATE upload SET byte_offset = ? WHERE id = ? AND recording IS NULL", Bound(byteOffset), Bound(id.text))
    }

    public static func complete(_ id: ID<Upload>, as recording: ID<Recording>, in db: Connection) throws {
        try db.run(
            "UPDATE upload SET byte_offset = byte_count, recording = ? WHERE id = ?", Bound(recording.text), Bound(id.text))
    }

    public static func delete(_ id: ID<Upload>, in db: Connection) throws {
        try db.run("DELETE FROM upload WHERE id = ?", Bound(id.text))
    }

    /// Those of a contributor that are not complete.
    public static func openCount(of contributor: ID<Contributor>, in db: Connection) throws -> Int {
        Int(
            try db.integer(
                "SELECT count(*) FROM upload WHERE contributor = ? AND recording IS NULL", Bound(contributor.text)) ?? 0)
    }

    /// Removes those that expired; the names of what may be left of them on disk.
    public static func deleteExpired(at now: Timestamp, in db: Connection) throws -> [ID<Upload>] {
        let ids = try String.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM upload WHERE expires_at <= ? ORDER BY id"), arguments: [now.milliseconds])
        for id in ids { try db.run("DELETE FROM upload WHERE id = ?", Bound(id)) }
        return ids.compactMap { ID($0) }
    }

    /// Those whose bytes are still coming.
    public static func open(in db: Connection) throws -> Set<ID<Upload>> {
        Set(try String.fetchAll(db.cachedStatement(sql: "SELECT id FROM upload WHERE recording IS NULL")).compactMap { ID($0) })
    }
}
