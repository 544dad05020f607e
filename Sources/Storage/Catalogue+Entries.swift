import Domain
import GRDB
import GRDBSQLite

extension Catalogue {
    /// A recording that matches, as the catalogue shows it. Words are as stored.
    public struct Entry: Sendable, Hashable {
        public let recording: ID<Recording>
        public let contributor: ID<Contributor>
        public let language: String
        public let accent: String?
        public let register: String
        public let setting: String
        public let elicitation: String
        public let emotion: String
        /// What reviewers hear; the model's label while there are too few.
        public let perceivedEmotion: String?
        /// The share of reviewers who hear it, in thousandths.
        public let agreement: Int64?
        public let grade: String?
        public let durationMilliseconds: Int64?
        public let snrDecibels: Double?
        public let gender: String?
        public let ageBand: String?
    }

    /// Matching recordings in the order of their ids, each given to the body as it is read.
    ///
    /// One statement serves every query, so that it is compiled once a connection: the order of ids decides the plan whatever is
    /// asked for, and to look whether a filter is there takes no time beside the row.
    ///
    /// - Parameters:
    ///   - recording: begins behind this one; nil for the first.
    ///   - limit: how many at most.
    public static func entries(
        _ query: CatalogueQuery, after recording: ID<Recording>?, limit: Int, in db: Connection, _ body: (Entry) throws -> Void
    ) throws {
        let values: [Bound] = [
            Bound(recording?.text ?? ""), Bound(query.language?.tag), Bound(query.accent), Bound(query.emotion?.rawValue),
            Bound(query.perceivedEmotion?.rawValue), Bound(query.agreementMin?.thousandths), Bound(query.register?.rawValue),
            Bound(query.setting?.rawValue), Bound(query.elicitation?.rawValue), Bound(query.gender?.rawValue),
            Bound(query.ageBand?.rawValue), Bound(query.snrDecibelsMin), Bound(query.grade?.rawValue),
            Bound(query.purpose?.rawValue), Bound(limit),
        ]
        try db.each(selection, values) { row in try body(Entry(row)) }
    }

    /// A page of them.
    public static func entries(_ query: CatalogueQuery, _ page: PageRequest, in db: Connection) throws -> Page<Entry> {
        var found: [Entry] = []
        try entries(query, after: page.after.map { ID(stored: $0) }, limit: page.limit + 1, in: db) { found.append($0) }
        return Page(found, limit: page.limit)
    }

    private static let selection = """
        SELECT recording.id, recording.contributor, language, accent, register, setting, elicitation, emotion,
            \(CatalogueFacts.perceivedEmotion), CASE WHEN heard_emotion IS NOT NULL THEN agreement END, grade, duration_ms, snr_db,
            gender, age_band
        FROM recording INDEXED BY recording_by_status
        LEFT JOIN contributor_profile AS profile ON profile.contributor = recording.contributor
        WHERE recording.status = 'accepted' AND recording.id > ?1
            AND (?2 IS NULL OR language = ?2) AND (?3 IS NULL OR accent = ?3) AND (?4 IS NULL OR emotion = ?4)
            AND (?5 IS NULL OR \(CatalogueFacts.perceivedEmotion) = ?5) AND (?6 IS NULL OR agreement >= ?6)
            AND (?7 IS NULL OR register = ?7) AND (?8 IS NULL OR setting = ?8) AND (?9 IS NULL OR elicitation = ?9)
            AND (?10 IS NULL OR gender = ?10) AND (?11 IS NULL OR age_band = ?11)
            AND (?12 IS NULL OR snr_db >= ?12) AND (?13 IS NULL OR grade <= ?13)
            AND EXISTS (\(standingGrant) AND (?14 IS NULL OR consent_purpose.purpose = ?14))
        ORDER BY recording.id LIMIT ?15
        """
}

extension Catalogue.Entry {
    fileprivate init(_ row: Columns) {
        recording = ID(stored: row.text(0) ?? "")
        contributor = ID(stored: row.text(1) ?? "")
        language = row.text(2) ?? ""
        accent = row.text(3)
        register = row.text(4) ?? ""
        setting = row.text(5) ?? ""
        elicitation = row.text(6) ?? ""
        emotion = row.text(7) ?? ""
        perceivedEmotion = row.text(8)
        agreement = row.integer(9)
        grade = row.text(10)
        durationMilliseconds = row.integer(11)
        snrDecibels = row.number(12)
        gender = row.text(13)
        ageBand = row.text(14)
    }
}
