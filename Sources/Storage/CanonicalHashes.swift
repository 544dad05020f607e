import Domain
import GRDB

/// Hashes of canonical samples, at most one a recording.
public enum CanonicalHashes {
    /// Keeps a recording's hash in place of an older one's.
    public static func save(_ hash: CanonicalHash, of recording: ID<Recording>, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO canonical_hash (recording, version, sha256) VALUES (?1, ?2, ?3)
            ON CONFLICT (recording) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256
            """, [recording.text, hash.version, hash.sha256])
    }

    public static func find(_ recording: ID<Recording>, in db: Connection) throws -> CanonicalHash? {
        try db.row("SELECT version, sha256 FROM canonical_hash WHERE recording = ?", [recording.text]).map {
            CanonicalHash(version: $0["version"], sha256: $0["sha256"])
        }
    }

    /// Accepted recordings of the same sound, withdrawn ones among them: the contributor's own first, then the oldest.
    public static func accepted(
        _ hash: CanonicalHash, ownFirst contributor: ID<Contributor>, limit: Int, in db: Connection
    ) throws -> [ID<Recording>] {
        try db.rows(
            """
            SELECT recording.id FROM canonical_hash JOIN recording ON recording.id = canonical_hash.recording
            WHERE canonical_hash.sha256 = ?1 AND canonical_hash.version = ?2 AND recording.grade <> 'rejected'
            ORDER BY recording.contributor = ?3 DESC, recording.id LIMIT ?4
            """, [hash.sha256, hash.version, contributor.text, limit]
        ).map { $0.id("id") }
    }
}
