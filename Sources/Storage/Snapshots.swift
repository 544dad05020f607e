import Domain
import GRDB

public enum Snapshots {
    public static func nextVersion(of dataSet: ID<DataSet>, in db: Connection) throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT coalesce(max(version), 0) + 1 FROM snapshot WHERE dataset = ?"),
            arguments: [dataSet.text]) ?? 1
    }

    public static func insert(_ snapshot: Snapshot, _ members: [Snapshot.Member], in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO snapshot (id, dataset, version, sha256, recording_count, speaker_count, duration_ms, byte_count,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                snapshot.id.text, snapshot.dataSet.text, snapshot.version, snapshot.sha256, snapshot.recordingCount,
                snapshot.speakerCount, snapshot.durationMilliseconds, snapshot.byteCount, snapshot.createdAt.milliseconds,
            ])
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO snapshot_member (snapshot, n, recording, contributor, speaker, split, sha256, byte_count,
                    media_type, duration_ms, weight, metadata)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for member in members {
            try insert.execute(arguments: [
                snapshot.id.text, member.n, member.recording.text, member.contributor.text, member.speaker,
                member.split.rawValue, member.sha256, member.byteCount, member.mediaType, member.durationMilliseconds,
                member.weight, member.metadata,
            ])
        }
    }

    /// A snapshot of this buyer's; somebody else's is nil.
    public static func find(_ id: ID<Snapshot>, of buyer: ID<Buyer>, in db: Connection) throws -> Snapshot? {
        let sql = """
            SELECT snapshot.* FROM snapshot JOIN dataset ON dataset.id = snapshot.dataset
            WHERE snapshot.id = ? AND dataset.buyer = ?
            """
        return try db.row(sql, [id.text, buyer.text]).map(read)
    }

    public static func find(_ id: ID<Snapshot>, in db: Connection) throws -> Snapshot? {
        try db.row("SELECT * FROM snapshot WHERE id = ?", [id.text]).map(read)
    }

    public static func find(version: Int64, of dataSet: ID<DataSet>, in db: Connection) throws -> Snapshot? {
        try db.row("SELECT * FROM snapshot WHERE dataset = ? AND version = ?", [dataSet.text, version]).map(read)
    }

    /// All members, in order.
    public static func members(of id: ID<Snapshot>, in db: Connection) throws -> [Snapshot.Member] {
        try db.rows("SELECT * FROM snapshot_member WHERE snapshot = ? ORDER BY n", [id.text]).map {
            Snapshot.Member(
                n: $0["n"], recording: $0.id("recording"), contributor: $0.id("contributor"), speaker: $0["speaker"],
                split: $0.word("split"), sha256: $0["sha256"], byteCount: $0["byte_count"], mediaType: $0["media_type"],
                durationMilliseconds: $0["duration_ms"], weight: $0["weight"], metadata: $0["metadata"])
        }
    }

    /// Members that may not be licensed for a purpose now: withdrawn, or the purpose is not granted any more.
    public static func unlicensable(
        _ id: ID<Snapshot>, for purpose: Purpose, in db: Connection
    ) throws -> [ID<Recording>] {
        let sql = """
            SELECT member.recording FROM snapshot_member AS member JOIN recording ON recording.id = member.recording
            WHERE member.snapshot = ?1 AND (recording.status <> 'accepted' OR NOT EXISTS (
                SELECT 1 FROM granted_purpose WHERE contributor = member.contributor AND purpose = ?2))
            ORDER BY member.n
            """
        return try String.fetchAll(db.cachedStatement(sql: sql), arguments: [id.text, purpose.rawValue]).map { ID(stored: $0) }
    }

    private static func read(_ row: Row) -> Snapshot {
        Snapshot(
            id: row.id("id"), dataSet: row.id("dataset"), version: row["version"], sha256: row["sha256"],
            recordingCount: row["recording_count"], speakerCount: row["speaker_count"],
            durationMilliseconds: row["duration_ms"], byteCount: row["byte_count"], createdAt: row.time("created_at"))
    }
}
