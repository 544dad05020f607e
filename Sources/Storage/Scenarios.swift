import Domain
import GRDB

public enum Scenarios {
    public static func insert(_ scenario: Scenario, in db: Connection) throws {
        try db.carryOut(
            """
            INSERT INTO scenario (id, title, prompt, language, accent, register, setting, elicitation, emotion,
                suggested_seconds, content_note, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                scenario.id.text, scenario.title, scenario.prompt, scenario.language.tag, scenario.accent,
                scenario.register.rawValue, scenario.setting.rawValue, scenario.elicitation.rawValue,
                scenario.emotion.rawValue, scenario.suggestedSeconds, scenario.contentNote,
                scenario.createdAt.milliseconds,
            ])
    }

    public static func find(_ id: ID<Scenario>, in db: Connection) throws -> Scenario? {
        try db.row("SELECT * FROM scenario WHERE id = ?", [id.text]).map(read)
    }

    /// Those in use, oldest first; all languages for nil.
    public static func list(language: Language?, _ page: PageRequest, in db: Connection) throws -> Page<Scenario> {
        let rows = try db.rows(
            """
            SELECT * FROM scenario WHERE (?1 IS NULL OR language = ?1) AND id > ?2 AND retired_at IS NULL
            ORDER BY id LIMIT ?3
            """, [language?.tag, page.after ?? "", page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    private static func read(_ row: Row) -> Scenario {
        Scenario(
            id: row.id("id"), title: row["title"], prompt: row["prompt"], language: Language(row["language"])!,
            accent: row["accent"], register: row.word("register"), setting: row.word("setting"),
            elicitation: row.word("elicitation"), emotion: row.word("emotion"),
            suggestedSeconds: row["suggested_seconds"], contentNote: row["content_note"], createdAt: row.time("created_at"))
    }
}
