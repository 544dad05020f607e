import Domain
import GRDB

/// Accepted recordings whose contributors grant something, as buyers may see them.
public enum Catalogue {
    /// A recording that matches, with what is known of its speaker.
    public struct Match: Sendable {
        public let recording: Recording
        public let gender: Contributor.Gender?
        public let ageBand: Contributor.AgeBand?
    }

    /// Matching recordings in the order of their ids.
    public static func search(_ query: CatalogueQuery, _ page: PageRequest, in db: Connection) throws -> Page<Match> {
        let (from, arguments) = source(of: query)
        let rows = try Row.fetchAll(
            db, sql: "SELECT recording.*, gender, age_band \(from) AND recording.id > ? ORDER BY recording.id LIMIT ?",
            arguments: arguments + [page.after ?? "", page.limit + 1])
        let matches = rows.map {
            Match(
                recording: Recordings.read($0), gender: $0.optionalWord("gender"), ageBand: $0.optionalWord("age_band"))
        }
        return Page(matches, limit: page.limit)
    }

    /// How much there is.
    public struct Count: Sendable, Hashable {
        public let recordings: Int64
        public let milliseconds: Int64
        public let speakers: Int64

        init(row: Row) {
            recordings = row["recordings"]
            milliseconds = row["milliseconds"]
            speakers = row["speakers"]
        }
    }

    private static let counts = """
        count(*) AS recordings, coalesce(sum(recording.duration_ms), 0) AS milliseconds,
        count(DISTINCT recording.contributor) AS speakers
        """

    public static func total(_ query: CatalogueQuery, in db: Connection) throws -> Count {
        let (from, arguments) = source(of: query)
        return try Row.fetchOne(db, sql: "SELECT \(counts) \(from)", arguments: arguments).map(Count.init)!
    }

    /// What can be counted by.
    public enum Facet: String, CaseIterable, Sendable {
        case language, accent, register, setting, elicitation, emotion, perceivedEmotion = "perceived_emotion", grade, gender
        case ageBand = "age_band"
    }

    /// Counts by the values of a facet, most speech first. Unknown values are left out.
    public static func counts(
        of facet: Facet, _ query: CatalogueQuery, in db: Connection
    ) throws -> [(value: String, count: Count)] {
        let (from, arguments) = source(of: query)
        let column =
            switch facet {
            case .gender, .ageBand: "profile.\(facet.rawValue)"
            case .perceivedEmotion: perceivedEmotion
            default: "recording.\(facet.rawValue)"
            }
        let sql = """
            SELECT \(column) AS value, \(counts) \(from) AND \(column) IS NOT NULL GROUP BY \(column)
            ORDER BY milliseconds DESC, value
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { ($0["value"], Count(row: $0)) }
    }

    /// What reviewers hear, or the model's best label while there are too few of them.
    private static let perceivedEmotion = "coalesce(recording.heard_emotion, recording.perceived_emotion)"

    /// The FROM and WHERE that every question about a query shares.
    private static func source(of query: CatalogueQuery) -> (sql: String, arguments: StatementArguments) {
        var conditions = ["recording.status = 'accepted'"]
        var arguments = StatementArguments()
        func filter(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        filter("recording.language = ?", query.language?.tag)
        filter("recording.accent = ?", query.accent)
        filter("recording.emotion = ?", query.emotion?.rawValue)
        filter("\(perceivedEmotion) = ?", query.perceivedEmotion?.rawValue)
        filter("recording.agreement >= ?", query.agreementMin?.thousandths)
        filter("recording.register = ?", query.register?.rawValue)
        filter("recording.setting = ?", query.setting?.rawValue)
        filter("recording.elicitation = ?", query.elicitation?.rawValue)
        filter("profile.gender = ?", query.gender?.rawValue)
        filter("profile.age_band = ?", query.ageBand?.rawValue)
        filter("recording.snr_db >= ?", query.snrDecibelsMin)
        // The letters of grades sort from the best to the worst.
        filter("recording.grade <= ?", query.grade?.rawValue)
        filter(
            "recording.contributor IN (SELECT contributor FROM granted_purpose WHERE purpose = ?)", query.purpose?.rawValue)
        if query.purpose == nil { conditions.append("recording.contributor IN (SELECT contributor FROM granted_purpose)") }
        let sql = """
            FROM recording LEFT JOIN contributor_profile AS profile ON profile.contributor = recording.contributor
            WHERE \(conditions.joined(separator: " AND "))
            """
        return (sql, arguments)
    }
}
