import Domain
import GRDB

/// Accepted recordings whose contributors grant something, as buyers may see them.
public enum Catalogue {
    /// All recordings that match, in the order of their ids, with what is known of their speakers.
    public static func matches(_ query: CatalogueQuery, in db: Connection) throws -> [Match] {
        let (from, arguments) = source(of: query)
        return try Row.fetchAll(
            db, sql: "SELECT recording.*, gender, age_band \(from) ORDER BY recording.id", arguments: arguments
        ).map {
            Match(recording: Recordings.read($0), gender: $0.optionalWord("gender"), ageBand: $0.optionalWord("age_band"))
        }
    }

    /// A recording that matches, with what is known of its speaker.
    public struct Match: Sendable {
        public let recording: Recording
        public let gender: Contributor.Gender?
        public let ageBand: Contributor.AgeBand?
    }

    private static let counts = """
        count(*) AS recordings, coalesce(sum(recording.duration_ms), 0) AS milliseconds,
        count(DISTINCT recording.contributor) AS speakers
        """

    /// Counts what matches, by SQL: what the index is held against, and what answers while there is none.
    public static func counts(
        _ query: CatalogueQuery, by facets: [CatalogueFacet], in db: Connection
    ) throws -> CatalogueCounts {
        let (from, arguments) = source(of: query)
        let total = try Row.fetchOne(db, sql: "SELECT \(counts) \(from)", arguments: arguments).map(CatalogueCount.init(row:))!
        var parts: [CatalogueFacet: [CatalogueCounts.Part]] = [:]
        for facet in facets {
            let column =
                switch facet {
                case .gender, .ageBand: "profile.\(facet.rawValue)"
                case .perceivedEmotion: CatalogueFacts.perceivedEmotion
                default: "recording.\(facet.rawValue)"
                }
            let sql = """
                SELECT \(column) AS value, \(counts) \(from) AND \(column) IS NOT NULL GROUP BY \(column)
                ORDER BY milliseconds DESC, value
                """
            parts[facet] = try Row.fetchAll(db, sql: sql, arguments: arguments).map {
                .init(value: $0["value"], count: CatalogueCount(row: $0))
            }
        }
        return CatalogueCounts(total: total, parts: parts)
    }

    /// A grant of the recording's contributor that is not withdrawn.
    static let standingGrant = """
        SELECT 1 FROM consent JOIN consent_purpose ON consent_purpose.consent = consent.id
        WHERE consent.contributor = recording.contributor
            AND NOT EXISTS (SELECT 1 FROM consent_withdrawal WHERE consent_withdrawal.consent = consent.id)
        """

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
        filter("\(CatalogueFacts.perceivedEmotion) = ?", query.perceivedEmotion?.rawValue)
        filter("recording.agreement >= ?", query.agreementMin?.thousandths)
        filter("recording.register = ?", query.register?.rawValue)
        filter("recording.setting = ?", query.setting?.rawValue)
        filter("recording.elicitation = ?", query.elicitation?.rawValue)
        filter("profile.gender = ?", query.gender?.rawValue)
        filter("profile.age_band = ?", query.ageBand?.rawValue)
        filter("recording.snr_db >= ?", query.snrDecibelsMin)
        // The letters of grades sort from the best to the worst.
        filter("recording.grade <= ?", query.grade?.rawValue)
        if let purpose = query.purpose {
            filter("recording.contributor IN (SELECT contributor FROM granted_purpose WHERE purpose = ?)", purpose.rawValue)
        } else {
            conditions.append("recording.contributor IN (SELECT contributor FROM granted_purpose)")
        }
        let sql = """
            FROM recording LEFT JOIN contributor_profile AS profile ON profile.contributor = recording.contributor
            WHERE \(conditions.joined(separator: " AND "))
            """
        return (sql, arguments)
    }
}

extension CatalogueCount {
    fileprivate init(row: Row) {
        self.init(recordings: row["recordings"], milliseconds: row["milliseconds"], speakers: row["speakers"])
    }
}
