import Domain
import GRDB

/// What one commit does to the catalogue: the facts of all it touched, as it leaves them.
struct CatalogueChange: Sendable {
    private var speakers: [(ID<Contributor>, CatalogueSpeaker?)] = []
    private var recordings: [(ID<Recording>, ID<Contributor>, CatalogueFacts?)] = []

    var isEmpty: Bool { speakers.isEmpty && recordings.isEmpty }

    init(_ notes: [CatalogueTouches.Note], in db: Connection) throws {
        for note in notes {
            if let recording = note.recording {
                let row = try db.row(
                    "\(CatalogueFacts.selection) AND id = ? AND contributor = ?",
                    [
                        recording.text, note.contributor.text,
                    ])
                recordings.append((recording, note.contributor, row.map(CatalogueFacts.init(row:))))
            } else {
                speakers.append((note.contributor, try CatalogueSpeaker.find(note.contributor, in: db)))
            }
        }
    }

    func apply(to index: inout CatalogueIndex) throws(CatalogueIndexError) {
        for (id, speaker) in speakers { try index.set(speaker, of: id) }
        for (id, contributor, facts) in recordings { try index.set(facts, of: id, by: contributor) }
    }
}

extension CatalogueFacts {
    /// What reviewers hear, or the model's best label while there are too few of them.
    static let perceivedEmotion = "coalesce(recording.heard_emotion, recording.perceived_emotion)"

    static let selection = """
        SELECT id, contributor, language, accent, register, setting, elicitation, emotion, \(perceivedEmotion) AS perceived_emotion,
            grade, duration_ms, snr_db, agreement FROM recording WHERE status = 'accepted'
        """

    init(row: Row) {
        var values: [CatalogueFacet: String] = [:]
        for (number, facet) in Self.facets.enumerated() { values[facet] = row[number + 2] as String? }
        self.init(values: values, durationMilliseconds: row[10], snrDecibels: row[11], agreement: row[12])
    }

    /// In the order of the selection's columns, from the third.
    private static let facets: [CatalogueFacet] = [
        .language, .accent, .register, .setting, .elicitation, .emotion, .perceivedEmotion, .grade,
    ]
}

extension CatalogueSpeaker {
    /// Nil for somebody who has neither a profile nor a grant.
    static func find(_ id: ID<Contributor>, in db: Connection) throws -> CatalogueSpeaker? {
        let purposes = try String.fetchAll(
            db.cachedStatement(sql: "SELECT purpose FROM granted_purpose WHERE contributor = ?"), arguments: [id.text])
        let profile = try db.row("SELECT gender, age_band FROM contributor_profile WHERE contributor = ?", [id.text])
        return CatalogueSpeaker(
            gender: profile?["gender"], ageBand: profile?["age_band"], purposes: Set(purposes.compactMap(Purpose.init(rawValue:)))
        )
    }
}
