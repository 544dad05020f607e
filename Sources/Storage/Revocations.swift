import Domain
import GRDB

public enum Revocations {
    /// The position that the next tombstone will have.
    public static func nextSequence(in db: Connection) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(sequence), 0) + 1 FROM revocation")) ?? 1
    }

    public static func insert(_ revocation: Revocation, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO revocation (sequence, id, recording, sha256, reason, revoked_at, jws) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                revocation.sequence, revocation.id.text, revocation.recording.text, revocation.sha256, revocation.reason,
                revocation.revokedAt.milliseconds, revocation.jws,
            ])
    }

    /// Oldest first, after a sequence.
    public static func list(after sequence: Int64, limit: Int, in db: Connection) throws -> Page<Revocation> {
        let rows = try db.rows("SELECT * FROM revocation WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, limit + 1])
        let revocations = rows.map {
            Revocation(
                sequence: $0["sequence"], id: $0.id("id"), recording: $0.id("recording"), sha256: $0["sha256"],
                reason: $0["reason"], revokedAt: $0.time("revoked_at"), jws: $0["jws"])
        }
        return Page(revocations, limit: limit)
    }
}
