import Domain
import GRDB

/// Notes which recordings and contributors a transaction touches in what the catalogue looks at.
///
/// The writing connection notes them by temporary triggers, so that no verb can forget to: also what is undone with a savepoint is
/// undone here. A commit takes the notes before it ends.
enum CatalogueTouches {
    struct Note: Hashable {
        let contributor: ID<Contributor>
        /// Nil for the contributor's own profile and consents.
        let recording: ID<Recording>?
    }

    /// Columns of recordings that filters, facets and counts look at.
    private static let columns = """
        status, contributor, language, accent, register, setting, elicitation, emotion, perceived_emotion, heard_emotion, agreement,
        grade, duration_ms, snr_db
        """

    /// Makes this connection note what it writes.
    static func keep(on db: Connection) throws {
        guard try db.tableExists("recording"), try db.tableExists("consent_withdrawal") else { return }
        // An empty text stands for no recording. Nothing is unique: the statement that fires a trigger decides what a conflict does in
        // it, so that an upsert would fail here.
        try db.execute(sql: "CREATE TEMP TABLE catalogue_touch (contributor TEXT, recording TEXT)")
        for (name, event, table, row, isOfRecording) in [
            ("recording_insert", "INSERT", "recording", "NEW", true), ("recording_delete", "DELETE", "recording", "OLD", true),
            ("recording_old", "UPDATE OF \(columns)", "recording", "OLD", true),
            ("recording_new", "UPDATE OF \(columns)", "recording", "NEW", true),
            ("profile_insert", "INSERT", "contributor_profile", "NEW", false),
            ("profile_delete", "DELETE", "contributor_profile", "OLD", false),
            ("profile_update", "UPDATE OF contributor, gender, age_band", "contributor_profile", "NEW", false),
        ] {
            try note("\(row).contributor, \(isOfRecording ? "\(row).id" : "''")", "VALUES", name, event, table, in: db)
        }
        for (table, row, events) in [
            ("consent", "NEW", ["INSERT"]), ("consent_purpose", "NEW", ["INSERT"]),
            ("consent_withdrawal", "NEW", ["INSERT", "UPDATE"]), ("consent_withdrawal", "OLD", ["DELETE", "UPDATE"]),
        ] {
            for event in events {
                let key = table == "consent" ? "id" : "consent"
                try note(
                    "contributor, '' FROM consent WHERE id = \(row).\(key)", "SELECT", "\(table)_\(row)_\(event)", event, table,
                    in: db)
            }
        }
    }

    private static func note(
        _ values: String, _ form: String, _ name: String, _ event: String, _ table: String, in db: Connection
    ) throws {
        let row = form == "VALUES" ? "VALUES (\(values))" : "SELECT \(values)"
        try db.execute(
            sql: """
                CREATE TEMP TRIGGER catalogue_touch_\(name) AFTER \(event) ON main.\(table) BEGIN
                    INSERT INTO catalogue_touch (contributor, recording) \(row);
                END
                """)
    }

    /// What has been noted since the last call in this transaction.
    static func take(from db: Connection) throws -> [Note] {
        let rows = try Row.fetchAll(db.cachedStatement(sql: "SELECT DISTINCT contributor, recording FROM temp.catalogue_touch"))
        guard !rows.isEmpty else { return [] }
        try db.cachedStatement(sql: "DELETE FROM temp.catalogue_touch").execute()
        return rows.map { row in
            let recording: String = row["recording"]
            return Note(contributor: row.id("contributor"), recording: recording.isEmpty ? nil : ID(stored: recording))
        }
    }
}
