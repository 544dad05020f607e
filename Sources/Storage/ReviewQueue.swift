import Domain
import GRDB

/// What can be handed to a reviewer next. Never their own recordings or bytes that they uploaded too, never what they were
/// handed before, never what was withdrawn or is granted for nothing any more.
public enum ReviewQueue {
    public struct Item: Sendable, Hashable {
        public let recording: ID<Recording>
        public let durationMilliseconds: Int64
    }

    /// What every queue leaves out; `recording` is the candidate, ?1 the reviewer.
    private static let isFresh = """
        recording.contributor <> ?1
        AND NOT EXISTS (SELECT 1 FROM review_assignment AS past WHERE past.recording = recording.id AND past.reviewer = ?1)
        AND NOT EXISTS (SELECT 1 FROM recording AS own WHERE own.sha256 = recording.sha256 AND own.contributor = ?1)
        AND EXISTS (SELECT 1 FROM granted_purpose AS granted WHERE granted.contributor = recording.contributor)
        """

    /// The accepted recording with the fewest reviews that lacks some and is not in enough hands already.
    public static func nextPerception(
        for reviewer: ID<Contributor>, in language: Language, perRecording: Int64, at now: Timestamp, _ db: Connection
    ) throws -> Item? {
        let sql = """
            SELECT recording.id, recording.duration_ms FROM recording
            WHERE recording.status = 'accepted' AND recording.language = ?2 AND recording.review_count < ?3 AND \(isFresh)
                AND NOT EXISTS (SELECT 1 FROM gold_item WHERE gold_item.recording = recording.id AND retired_at IS NULL)
                AND recording.review_count + (SELECT count(*) FROM review_assignment AS held
                    WHERE held.recording = recording.id AND held.kind <> 'gold' AND held.status = 'open'
                        AND held.expires_at > ?4) < ?3
            ORDER BY recording.review_count, recording.id LIMIT 1
            """
        return try db.row(sql, [reviewer.text, language.tag, perRecording, now.milliseconds]).map(read)
    }

    /// The oldest appeal that is not in enough hands.
    public static func nextAppeal(
        for reviewer: ID<Contributor>, in language: Language, at now: Timestamp, _ db: Connection
    ) throws -> Item? {
        let sql = """
            SELECT recording.id, recording.duration_ms FROM appeal JOIN recording ON recording.id = appeal.recording
            WHERE appeal.status = 'open' AND recording.status = 'rejected' AND appeal.language = ?2 AND \(isFresh)
                AND (SELECT count(*) FROM review_assignment AS held
                    WHERE held.recording = recording.id AND held.kind = 'appeal'
                        AND (held.status = 'done' OR held.status = 'open' AND held.expires_at > ?3)) < 2 * appeal.verdicts - 1
            ORDER BY appeal.id LIMIT 1
            """
        return try db.row(sql, [reviewer.text, language.tag, now.milliseconds]).map(read)
    }

    /// The gold item that was handed out least.
    public static func nextGold(
        for reviewer: ID<Contributor>, in language: Language, _ db: Connection
    ) throws -> Item? {
        let sql = """
            SELECT recording.id, recording.duration_ms FROM gold_item JOIN recording ON recording.id = gold_item.recording
            WHERE gold_item.retired_at IS NULL AND gold_item.language = ?2
                AND recording.status IN ('accepted', 'rejected') AND \(isFresh)
            ORDER BY (SELECT count(*) FROM review_assignment AS held WHERE held.recording = recording.id), gold_item.id LIMIT 1
            """
        return try db.row(sql, [reviewer.text, language.tag]).map(read)
    }

    private static func read(_ row: Row) -> Item {
        Item(recording: row.id("id"), durationMilliseconds: row["duration_ms"] ?? 0)
    }
}
