import Domain
import GRDB

/// What was decided of each contributor's recordings, by language and grade.
public enum GradeRecords {
    /// Counts one decided recording; negative numbers take it out again, when a second look gives another grade.
    public static func add(
        _ grade: Grade, recordings: Int64 = 1, milliseconds: Int64, of contributor: ID<Contributor>, in language: Language,
        _ db: Connection
    ) throws {
        // The row is made first: an upsert would hold a negative amount against the CHECK of a new row.
        try db.cachedStatement(
            sql: """
                INSERT INTO grade_record (contributor, language, grade, recordings, milliseconds) VALUES (?, ?, ?, 0, 0)
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [contributor.text, language.tag, grade.rawValue])
        try db.cachedStatement(
            sql: """
                UPDATE grade_record SET recordings = recordings + ?, milliseconds = milliseconds + ?
                WHERE contributor = ? AND language = ? AND grade = ?
                """
        ).execute(arguments: [recordings, milliseconds, contributor.text, language.tag, grade.rawValue])
    }

    public static func find(of contributor: ID<Contributor>, in language: Language, _ db: Connection) throws -> GradeRecord {
        let statement = try db.cachedStatement(sql: "SELECT * FROM grade_record WHERE contributor = ? AND language = ?")
        let rows = try Row.fetchAll(statement, arguments: [contributor.text, language.tag])
        return GradeRecord(
            Dictionary(
                uniqueKeysWithValues: rows.map {
                    ($0.word("grade"), .init(recordings: $0["recordings"], milliseconds: $0["milliseconds"]))
                }))
    }
}
