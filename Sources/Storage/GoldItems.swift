import Domain
import GRDB

public enum GoldItems {
    public static func insert(_ item: GoldItem, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO gold_item (id, recording, language, emotion, admin, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                item.id.text, item.recording.text, item.language.tag, item.emotion?.rawValue, item.admin,
                item.createdAt.milliseconds,
            ])
    }

    public static func find(_ id: ID<GoldItem>, in db: Connection) throws -> GoldItem? {
        try db.row("SELECT * FROM gold_item WHERE id = ?", [id.text]).map(read)
    }

    public static func find(of recording: ID<Recording>, in db: Connection) throws -> GoldItem? {
        try db.row("SELECT * FROM gold_item WHERE recording = ?", [recording.text]).map(read)
    }

    /// Oldest first.
    public static func list(_ page: PageRequest, in db: Connection) throws -> Page<GoldItem> {
        let rows = try db.rows("SELECT * FROM gold_item WHERE id > ? ORDER BY id LIMIT ?", [page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    public static func retire(_ id: ID<GoldItem>, at now: Timestamp, in db: Connection) throws {
        try db.carryOut("UPDATE gold_item SET retired_at = ? WHERE id = ? AND retired_at IS NULL", [now.milliseconds, id.text])
    }

    private static func read(_ row: Row) -> GoldItem {
        GoldItem(
            id: row.id("id"), recording: row.id("recording"), language: Language(row["language"])!,
            emotion: row.optionalWord("emotion"), admin: row["admin"], createdAt: row.time("created_at"),
            retiredAt: row.optionalTime("retired_at"))
    }
}
